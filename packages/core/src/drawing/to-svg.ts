import type { ExperimentDocument, ModelDocument } from "../document/schema.ts";
import { type Box, type BoxKind, type GraphPart, graphParts } from "./graph-parts.ts";
import { layersOf, type Place } from "./layers.ts";

const letter = 8;
const line = 16;
const gap = { x: 24, y: 34 } as const;
const margin = 16;

/** Fills light enough for dark text on any page. */
const fills: Readonly<Record<BoxKind, string>> = {
  input: "#d8ecd9",
  weights: "#d6e4f5",
  operation: "#eceef1",
  block: "#e8ddf3",
  head: "#f6e3cd",
};

/** Text and attributes alike. */
const escaped = (text: string): string => text.replace(/[^A-Za-z0-9 ,.]/gu, (unit) => `&#${unit.codePointAt(0)};`);
const number = (value: number): string => String(Math.round(value * 10) / 10);

const widthOf = (box: Box): number => Math.max(...box.lines.map((text) => text.length)) * letter + 20;
const heightOf = (box: Box): number => box.lines.length * line + 10;

interface Drawn {
  readonly svg: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The middle of every place: as near to its neighbours as the others in its row let it. */
const columnsOf = (rows: readonly Place[][], widths: (place: Place) => number): ReadonlyMap<Place, number> => {
  const x = new Map<Place, number>();
  const pack = (row: readonly Place[], wish: (place: Place) => number) => {
    const wishes = row.map(wish);
    const lefts: number[] = [];
    let free = Number.NEGATIVE_INFINITY;
    for (const [index, place] of row.entries()) {
      const middle = Math.max(wishes[index]!, free + widths(place) / 2);
      lefts.push(middle);
      free = middle + widths(place) / 2 + gap.x;
    }
    const shift = lefts.reduce((sum, middle, index) => sum + wishes[index]! - middle, 0) / row.length;
    for (const [index, place] of row.entries()) x.set(place, lefts[index]! + shift);
  };
  for (const row of rows) pack(row, () => 0);
  const meanOf = (places: readonly Place[], otherwise: number) =>
    places.length === 0 ? otherwise : places.reduce((sum, place) => sum + x.get(place)!, 0) / places.length;
  for (let pass = 0; pass < 8; pass++) {
    for (const row of rows) pack(row, (place) => meanOf(place.above, x.get(place)!));
    for (const row of rows.toReversed()) pack(row, (place) => meanOf(place.below, x.get(place)!));
  }
  for (const row of rows) pack(row, (place) => meanOf(place.above, x.get(place)!));
  return x;
};

const drawPart = (part: GraphPart, top: number): Drawn => {
  const { rows, edges } = layersOf(part);
  const boxOf = ({ box }: Place) => (box === undefined ? undefined : part.boxes[box]!);
  const widthAt = (place: Place) => (place.box === undefined ? 8 : widthOf(boxOf(place)!));
  const x = columnsOf(rows, widthAt);
  const left = Math.min(...rows.flat().map((place) => x.get(place)! - widthAt(place) / 2));
  const right = Math.max(...rows.flat().map((place) => x.get(place)! + widthAt(place) / 2));
  const title = part.block === undefined ? 0 : line + 12;
  const tops: number[] = [];
  let y = top + margin + title;
  for (const row of rows) {
    tops.push(y);
    y += Math.max(...row.map((place) => (place.box === undefined ? line : heightOf(boxOf(place)!)))) + gap.y;
  }
  const middle = (place: Place) => x.get(place)! - left + margin;
  const bottom = (place: Place) => tops[place.layer]! + (place.box === undefined ? line : heightOf(boxOf(place)!));
  const svg: string[] = [];
  if (part.block !== undefined)
    svg.push(
      `<text x="${margin}" y="${number(top + margin + line)}" class="t">${escaped(`block ${part.block}`)}</text>`,
    );
  for (const path of edges) svg.push(edgeText(path, middle, tops, bottom));
  for (const place of rows.flat()) {
    const box = boxOf(place);
    if (box !== undefined) svg.push(boxText(box, middle(place), tops[place.layer]!));
  }
  const width = Math.max(right - left, (part.block?.length ?? 0) * letter + 60) + 2 * margin;
  return { svg, width, height: y - gap.y + margin - top };
};

const edgeText = (
  path: readonly Place[],
  middle: (place: Place) => number,
  tops: readonly number[],
  bottom: (place: Place) => number,
): string => {
  let text = "";
  for (const [index, next] of path.slice(1).entries()) {
    const place = path[index]!;
    const [x1, y1, x2, y2] = [middle(place), bottom(place), middle(next), tops[next.layer]!];
    const half = (y1 + y2) / 2;
    text += `${index === 0 ? `M${number(x1)} ${number(y1)}` : ""}C${[x1, half, x2, half, x2, y2].map(number).join(" ")}`;
    if (next.box === undefined) text += `L${number(x2)} ${number(bottom(next))}`;
  }
  return `<path d="${text}"/>`;
};

const boxText = (box: Box, x: number, y: number): string => {
  const [width, height] = [widthOf(box), heightOf(box)];
  const round = box.kind === "input" || box.kind === "head" ? height / 2 : 5;
  const rect = `<rect x="${number(x - width / 2)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" rx="${number(round)}" fill="${fills[box.kind]}"/>`;
  const texts = box.lines.map(
    (text, index) =>
      `<text x="${number(x)}" y="${number(y + 17 + index * line)}"${index > 0 ? ' class="s"' : ""}>${escaped(text)}</text>`,
  );
  return rect + texts.join("");
};

const style = [
  "path{fill:none;stroke:#8a909a;stroke-width:1.5;marker-end:url(#a)}",
  "rect{stroke:#8a909a}",
  "text{font:13px ui-monospace,Menlo,Consolas,monospace;fill:#1d2129;text-anchor:middle}",
  ".s{fill:#5a616c;font-size:12px}",
  ".t{fill:#8a909a;text-anchor:start;font-weight:bold}",
].join("");

/**
 * The graph with its shapes as an SVG image, top to bottom; named blocks are drawn below it, each once. Readable on light
 * and on dark pages. It holds no script and refers to nothing outside.
 */
export const toSvg = (document: ExperimentDocument | ModelDocument): string => {
  const drawn: Drawn[] = [];
  let top = 0;
  for (const part of graphParts(document)) {
    drawn.push(drawPart(part, top));
    top += drawn.at(-1)!.height;
  }
  const width = Math.ceil(Math.max(...drawn.map((part) => part.width)));
  const height = Math.ceil(top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${style}</style>`,
    '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:#8a909a;stroke:none;marker-end:none"/></marker></defs>',
    ...drawn.flatMap(({ svg }) => svg),
    "</svg>",
    "",
  ].join("\n");
};
