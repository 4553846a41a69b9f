import type { RunListing } from "@flaxen/runner";

const columns = ["RUN", "STATE", "ENDING", "AGE", "METRICS"] as const;
const most = 4;

/** Runs as lines of columns; what is wrong with one stands in place of its metrics. */
export const tableOf = (runs: readonly RunListing[], now: Date): string => {
  const rows = [columns, ...runs.map((run) => cellsOf(run, now))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

const cellsOf = ({ id, state, reason, startedAt, problem, metrics }: RunListing, now: Date): readonly string[] => [
  id,
  state,
  reason ?? "-",
  age((now.getTime() - startedAt.getTime()) / 1000),
  problem === undefined ? metricsText(metrics ?? {}) : firstSentence(problem),
];

const firstSentence = (text: string): string => text.split(/\. |\n/)[0]!;

const metricsText = (metrics: Readonly<Record<string, number>>): string => {
  const shown = Object.entries(metrics).map(([name, value]) => `${name} ${rounded(value)}`);
  const rest = shown.length > most ? [`and ${shown.length - most} more`] : [];
  return [...shown.slice(0, most), ...rest].join(", ");
};

const rounded = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);

const units = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
] as const;

/** "12 s", "3 min", "5 h", "2 d": the largest unit that there is one of. */
export const age = (seconds: number): string => {
  const [size, unit] = units.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
};
