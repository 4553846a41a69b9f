import { expect, test } from "vitest";
import { graph, head, model } from "../index.ts";
import { graphParts } from "./graph-parts.ts";
import { layersOf } from "./layers.ts";
import { toMermaid } from "./to-mermaid.ts";
import { toSvg } from "./to-svg.ts";

const row = graph.input("row", [8]);
const mixer = graph.block("mixer", graph.dense(8, { name: "inner" }).relu());
const small = model({
  inputs: { row },
  heads: { price: head.regression(row.pipe(mixer).repeat(3, graph.dense(8)).dense(4, { name: "last" })) },
}).document;

test("Mermaid: a line for each node and edge, a subgraph for each block, its text escaped", () => {
  expect(toMermaid(small)).toBe(`flowchart TD
  g0n0(["input row<br/>#91;batch, 8#93;"])
  g0n1[["mixer<br/>#91;batch, 8#93;"]]
  g0n2[["layer #215; 3<br/>#91;batch, 8#93;"]]
  g0n3["dense last<br/>#91;batch, 4#93;"]
  g0n4{{"regression price"}}
  g0n0 --> g0n1
  g0n1 --> g0n2
  g0n2 --> g0n3
  g0n3 --> g0n4
  subgraph g1["block mixer"]
    g1n0(["input x<br/>#91;batch, 8#93;"])
    g1n1["dense inner<br/>#91;batch, 8#93;"]
    g1n2("relu<br/>#91;batch, 8#93;")
    g1n0 --> g1n1
    g1n1 --> g1n2
  end
  subgraph g2["block layer"]
    g2n0(["input x<br/>#91;batch, 8#93;"])
    g2n1["dense<br/>#91;batch, 8#93;"]
    g2n0 --> g2n1
  end
`);
});

/** A wide graph with long edges. */
const many = (() => {
  const arms = Array.from({ length: 6 }, (_, arm) =>
    row
      .dense(4)
      .residual(graph.dense(4))
      .dense(arm % 2 ? 4 : 3)
      .dense(4),
  );
  return model({
    inputs: { row },
    heads: { price: head.regression(arms.reduce((sum, arm) => sum.add(arm) as typeof sum)) },
  }).document;
})();

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const rectangles = (svg: string): readonly Rect[] =>
  [...svg.matchAll(/<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"/g)].map((found) => {
    const [x, y, width, height] = found.slice(1).map(Number) as [number, number, number, number];
    return { x, y, width, height };
  });

test.each([
  ["small", small],
  ["wide", many],
])("SVG of a %s graph: no box lies on another or outside the image", (_, document) => {
  const svg = toSvg(document);
  const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.map(Number) as [number, number, number];
  const boxes = rectangles(svg);
  expect(boxes).toHaveLength(graphParts(document).reduce((sum, part) => sum + part.boxes.length, 0));
  for (const [place, one] of boxes.entries()) {
    expect(one.x).toBeGreaterThanOrEqual(0);
    expect(one.y).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width).toBeLessThanOrEqual(width);
    expect(one.y + one.height).toBeLessThanOrEqual(height);
    for (const other of boxes.slice(place + 1)) {
      const apart =
        one.x + one.width <= other.x ||
        other.x + other.width <= one.x ||
        one.y + one.height <= other.y ||
        other.y + other.height <= one.y;
      expect(apart).toBe(true);
    }
  }
});

test("every edge leads down, one row at a time", () => {
  const [part] = graphParts(many);
  const { edges } = layersOf(part!);
  expect(edges).toHaveLength(part!.edges.length);
  for (const path of edges)
    for (const [place, next] of path.slice(1).entries()) expect(next.layer).toBe(path[place]!.layer + 1);
});

test("SVG is one element whose text is escaped, without scripts or references", () => {
  const svg = toSvg(small);
  expect(svg).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
  expect(svg).toContain("&#91;batch, 8&#93;");
  expect(svg.match(/<\w+/g)!.every((tag) => /^<(svg|style|defs|marker|path|rect|text)$/.test(tag))).toBe(true);
  expect(svg).not.toMatch(/href|url\((?!#a\))/);
});
