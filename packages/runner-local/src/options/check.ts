import { didYouMean, type Site } from "@flaxen/errors";
import { RunnerOptionError } from "../errors.ts";

/** Completes "must be …" where a value will not do. */
export type Check = (value: unknown) => string | undefined;
export type Checks<O> = { readonly [Name in keyof O]-?: Check };

/** What `fits`, is what is described. */
export const must =
  (description: string, fits: (value: unknown) => boolean): Check =>
  (value) =>
    fits(value) ? undefined : description;

export const text = (what: string): Check => must(what, (value) => typeof value === "string" && value !== "");

export const truth = must("true or false", (value) => typeof value === "boolean");

export const count = (least: number): Check =>
  must(`a whole number of at least ${least}`, (value) => Number.isSafeInteger(value) && (value as number) >= least);

/**
 * The options, each one known and with a value that it can have; one that is undefined counts as left out.
 *
 * @param use opens every message: "local"
 * @throws RunnerOptionError
 */
export const checkOptions = <O extends object>(
  use: string,
  options: O,
  checks: Checks<O>,
  site: Site | undefined,
): O => {
  if (typeof options !== "object" || options === null) throw refusal(use, "its options", "an object", options, site);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      const message = `${use} has no option "${name}".${didYouMean(name, Object.keys(checks))}`;
      throw new RunnerOptionError(message, { site });
    }
    const expected = value === undefined ? undefined : checks[name as keyof O](value);
    if (expected !== undefined) throw refusal(use, name, expected, value, site);
  }
  return options;
};

export const refusal = (use: string, name: string, expected: string, value: unknown, site: Site | undefined) =>
  new RunnerOptionError(`${use}: ${name} must be ${expected}, not ${shown(value)}.`, { site });

const shown = (value: unknown): string => {
  if (typeof value === "function") return "a function";
  const json = typeof value === "number" || typeof value === "bigint" ? String(value) : JSON.stringify(value);
  return json === undefined ? String(value) : json.length > 60 ? `${json.slice(0, 60)}…` : json;
};
