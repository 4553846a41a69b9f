import { show } from "../shapes/index.ts";
import type { Summary, SummaryRow } from "./rows.ts";

const columns = ["name", "type", "output", "parameters", "FLOPs", "activations"] as const;

/** 1.2 M, in steps of a thousand. */
const large = (count: number | undefined, unit = ""): string => {
  if (count === undefined) return "?";
  const prefixes = ["", "k", "M", "G", "T", "P"];
  let [size, step] = [count, 0];
  while (size >= 999.5 && step < prefixes.length - 1) {
    size /= 1000;
    step++;
  }
  const digits = step === 0 ? String(size) : size.toPrecision(3);
  return `${digits} ${prefixes[step]}${unit}`.trim();
};

const whole = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

const cellsOf = (row: SummaryRow, indent: string): readonly string[] => [
  indent + row.id.slice(row.id.lastIndexOf("/") + 1),
  row.type,
  show(row.shape),
  row.parameters === 0 ? "" : whole(row.parameters),
  row.flops === 0 ? "" : large(row.flops),
  row.activationBytes === 0 ? "" : large(row.activationBytes, "B"),
];

/** A table of a summary: a line for each node, each block's nodes below, totals last. */
export const summaryText = (summary: Omit<Summary, "toString">): string => {
  const blocks = Object.entries(summary.blocks).flatMap(([name, rows]) => [
    [`${name}:`, "", "", "", "", ""],
    ...rows.map((row) => cellsOf(row, "  ")),
  ]);
  const totals = [
    "total",
    "",
    "",
    whole(summary.parameters),
    large(summary.flops),
    large(summary.activationBytes, "B"),
  ];
  const lines = [columns, ...summary.rows.map((row) => cellsOf(row, "")), ...blocks, totals];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const laid = lines.map((line) =>
    line
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width, 2 * (columns.length - 1)));
  return [
    `${summary.name}: ${whole(summary.parameters)} parameters, ${large(summary.weightBytes, "B")} of weights`,
    "",
    laid[0],
    rule,
    ...laid.slice(1, -1),
    rule,
    laid.at(-1),
    "",
    "FLOPs and activations are of one example, forward.",
  ].join("\n");
};
