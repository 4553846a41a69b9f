import type { ExperimentDocument, ModelDocument } from "../document/schema.ts";
import { type Box, type BoxKind, type GraphPart, graphParts } from "./graph-parts.ts";

/** Mermaid reads numeric entities; nothing but letters, digits and blanks stays as it is. */
const escaped = (text: string): string =>
  Array.from(text, (unit) => (/[A-Za-z0-9 ,.]/.test(unit) ? unit : `#${unit.codePointAt(0)};`)).join("");

const brackets: Readonly<Record<BoxKind, readonly [open: string, close: string]>> = {
  input: ['(["', '"])'],
  weights: ['["', '"]'],
  operation: ['("', '")'],
  block: ['[["', '"]]'],
  head: ['{{"', '"}}'],
};

const boxLine = ({ kind, lines }: Box, name: string): string => {
  const [open, close] = brackets[kind];
  return `${name}${open}${lines.map(escaped).join("<br/>")}${close}`;
};

const partLines = ({ block, boxes, edges }: GraphPart, place: number): readonly string[] => {
  const names = new Map(boxes.map(({ id }, index) => [id, `g${place}n${index}`]));
  const indent = block === undefined ? "  " : "    ";
  const lines = [
    ...boxes.map((box) => indent + boxLine(box, names.get(box.id)!)),
    ...edges.map(([from, to]) => `${indent}${names.get(from)} --> ${names.get(to)}`),
  ];
  return block === undefined ? lines : [`  subgraph g${place}["${escaped(`block ${block}`)}"]`, ...lines, "  end"];
};

/**
 * The graph with its shapes as a Mermaid flowchart; each named block is a subgraph of its own.
 *
 * @example toMermaid(digits.toJSON()) // "flowchart TD\n  g0n0([…"
 */
export const toMermaid = (document: ExperimentDocument | ModelDocument): string =>
  ["flowchart TD", ...graphParts(document).flatMap(partLines), ""].join("\n");
