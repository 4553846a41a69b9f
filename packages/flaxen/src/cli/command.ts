import { type ParseArgsConfig, parseArgs } from "node:util";
import { didYouMean } from "@flaxen/errors";
import type { Terminal } from "./terminal.ts";

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  /** What stands behind "flaxen doctor": "<id>". */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** How many words it takes. */
  readonly words: number;
  /** Resolves with the exit code. */
  run(words: readonly string[], values: Values, terminal: Terminal): Promise<number>;
}

export interface Option {
  readonly type: "string" | "boolean";
  /** What the value is: "folder". */
  readonly value?: string;
  readonly summary: string;
}

/** The command line cannot be understood. */
export class UsageError extends Error {}

/** Where runs and environments lie, for every command. */
export const places = {
  home: { type: "string", value: "folder", summary: "of environments and caches (FLAXEN_HOME, else ~/.flaxen)" },
  root: { type: "string", value: "folder", summary: "of the runs (<home>/runs)" },
} as const satisfies Record<string, Option>;

export const placesOf = ({ home, root }: Values): { readonly home?: string; readonly root?: string } => ({
  ...(typeof home === "string" && { home }),
  ...(typeof root === "string" && { root }),
});

/** @throws UsageError */
export const parse = (name: string, { options, words, usage }: Command, args: readonly string[]) => {
  const { values, positionals } = understand(name, options, args);
  if (positionals.length !== words) {
    const given = positionals.length === 0 ? "" : `, not "${positionals.join(" ")}"`;
    throw new UsageError(`flaxen ${name} takes ${words === 0 ? "no words" : usage}${given}. See flaxen --help.`);
  }
  return { words: positionals, values: values as Values };
};

const understand = (name: string, options: Command["options"], args: readonly string[]) => {
  const config = { args: [...args], options, allowPositionals: true, strict: true } satisfies ParseArgsConfig;
  try {
    return parseArgs(config);
  } catch (error) {
    const given = /^Unknown option '--?([^']+)'/.exec((error as Error).message)?.[1];
    if (given === undefined) throw new UsageError(`flaxen ${name}: ${(error as Error).message}`);
    throw new UsageError(
      `flaxen ${name} has no option --${given}.${didYouMean(
        `--${given}`,
        Object.keys(options).map((option) => `--${option}`),
      )}`,
    );
  }
};
