import type { Command, Option } from "./command.ts";

const opening = "Typed neural networks in TypeScript, compiled to JAX and Flax.";

export const helpOfAll = (commands: Readonly<Record<string, Command>>): string => {
  const rows = Object.entries(commands).map(
    ([name, { usage, summary }]) => [`${name} ${usage}`.trim(), summary] as const,
  );
  const more = [
    ["<command> --help", "what a command can do"],
    ["--version", "the version"],
  ] as const;
  return `${opening}\n\nUsage: flaxen <command>\n\n${aligned([...rows, ...more])}`;
};

export const helpOf = (name: string, { usage, summary, options }: Command): string => {
  const rows = Object.entries(options).map(([option, about]) => [flag(option, about), about.summary] as const);
  return `flaxen ${`${name} ${usage}`.trim()}: ${summary}\n\n${aligned(rows)}`;
};

const flag = (name: string, { value }: Option): string => (value === undefined ? `--${name}` : `--${name} <${value}>`);

/** Rows of two columns. */
const aligned = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join("\n");
};
