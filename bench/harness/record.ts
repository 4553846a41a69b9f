import type { Hardware } from "./hardware.ts";
import type { Outcome } from "./measure.ts";

/** One row of RESULTS.md. */
export interface Row {
  /** "2026-11-21" */
  readonly date: string;
  readonly hardware: Hardware;
  readonly outcome: Outcome;
  readonly against: string | undefined;
}

const header = `# Results

Written by \`npm run bench -- --record\`: medians, the product and its peer measured in turn on the same machine. A measure's
row is replaced when it is measured again on the same machine with the same versions.

| date | cpu | cores | Python | JAX | measure | ours | peer | ratio | goal | holds | against |
|---|---|---|---|---|---|---|---|---|---|---|---|
`;

const cells = ({ date, hardware, outcome, against }: Row): readonly string[] => {
  const { name, ours, peer, ratio, unit, goal, holds } = outcome;
  const { cpu, cores, python, jax } = hardware;
  return [
    ...[date, cpu, `${cores}`, python, jax, name, `${ours} ${unit}`],
    peer === null ? "–" : `${peer} ${unit}`,
    ratio === null ? "–" : `${ratio}`,
    goal ?? "reported as it is",
    holds === null ? "–" : holds ? "yes" : "no",
    against ?? "–",
  ].map((text) => text.replaceAll("|", "\\|"));
};

const line = (row: readonly string[]): string => `| ${row.join(" | ")} |`;

/** What a row is about: cpu, cores, Python, JAX, measure. */
const key = (row: readonly string[]): string => row.slice(1, 6).join(" | ");

const parse = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => /^\| \d{4}-\d\d-\d\d \|/.test(line))
    .map((line) => line.slice(2, -2).split(" | "));

/** RESULTS.md with these rows in it; `before` is what stands there now. */
export const recorded = (before: string, rows: readonly Row[]): string => {
  const table = new Map(parse(before).map((row) => [key(row), row as readonly string[]]));
  for (const row of rows) table.set(key(cells(row)), cells(row));
  return `${header}${[...table.values()].map(line).join("\n")}\n`;
};
