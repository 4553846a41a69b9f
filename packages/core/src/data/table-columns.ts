import type { Site } from "@flaxen/errors";
import * as z from "zod";
import { checkOptions, optionError } from "../document/options.ts";
import type { Expectation } from "./expectations.ts";

const name = z.string().min(1);

/** A column that is more than its name, as a document holds it. Which of its options it may have, its kind decides. */
export const tableColumn = z.strictObject({
  column: name,
  kind: z.enum(["number", "category", "text", "set"]).optional(),
  missing: z.enum(["error", "mean", "median", "zero", "unknown", "empty"]).optional(),
  scaling: z.enum(["standard", "minMax", "robust", "none"]).optional(),
  categories: z.array(z.string()).min(1).optional(),
  maxCategories: z.int().min(1).optional(),
  separator: z.string().min(1).optional(),
  tokenizer: z.enum(["word", "whitespace", "character", "bpe"]).optional(),
  vocab: z.int().min(3).optional(),
  length: z.int().min(1).optional(),
  lowercase: z.boolean().optional(),
  ends: z.boolean().optional(),
});
type Parameters = z.output<typeof tableColumn>;

/** A column of numbers. */
export interface NumberColumn {
  readonly column: string;
  readonly kind?: "number";
  /** What stands for a missing value, fitted on the training rows only. @defaultValue "error" */
  readonly missing?: "error" | "mean" | "median" | "zero";
  /**
   * "standard": mean 0, deviation 1. "minMax": 0 to 1. "robust": median 0, quartiles 1 apart. Fitted on the training
   * rows only. @defaultValue the `scaling` of the table
   */
  readonly scaling?: "standard" | "minMax" | "robust" | "none";
}

/** A column of categories for an input of whole numbers. 0 is what is missing or no training row has. */
export interface CategoryColumn {
  readonly column: string;
  readonly kind: "category";
  /** "unknown": a missing value is category 0. @defaultValue "error" */
  readonly missing?: "error" | "unknown";
  /** All categories, where they are known in advance. @defaultValue those of the training rows */
  readonly categories?: readonly string[];
  /** Keeps the most frequent; the others are unknown. */
  readonly maxCategories?: number;
}

/** How a text is cut. */
export interface Tokenizer {
  /**
   * "word": words and single signs. "whitespace": what stands between white space. "character". "bpe": byte pairs, as
   * GPT-2 has them, learnt from the training rows. @defaultValue "word"
   */
  readonly tokenizer?: "word" | "whitespace" | "character" | "bpe";
  /**
   * Token numbers at most, the special ones among them; the rarest tokens are unknown.
   * @defaultValue the vocab of the embedding that reads them
   */
  readonly vocab?: number;
  /** Whether capitals are read as small letters. @defaultValue false */
  readonly lowercase?: boolean;
}

/** A column of text for an input of token numbers `[length]`: 0 is padding, 1 unknown. */
export interface TextColumn extends Tokenizer {
  readonly column: string;
  readonly kind: "text";
  /** "empty": a missing text has no tokens. @defaultValue "error" */
  readonly missing?: "error" | "empty";
  /** Positions; what is longer is cut off. Needed where the input's length is a name. @defaultValue that of the input */
  readonly length?: number;
  /** Whether 2 begins and 3 ends each text, for a decoder. @defaultValue false */
  readonly ends?: boolean;
}

/** The column of a head. */
export interface TargetColumn {
  readonly column: string;
  /**
   * For a regression: what is learnt is scaled, so the loss is of scaled numbers, and so are metrics of your own. "rmse"
   * and "mae" are in the column's own unit, and predictions come back as the table has them. Losses and metrics of the
   * number itself ("mape", "msle", "poisson", "kl", "js") are refused.
   * @defaultValue "none"
   */
  readonly scaling?: "standard" | "minMax" | "robust" | "none";
  /** For a classification: the names of the classes in order. @defaultValue those of the training rows, by the alphabet */
  readonly categories?: readonly string[];
  /** "set": several names of classes in one cell, for a multi-label head. */
  readonly kind?: "set";
  /** Between the names of a set. @defaultValue "," */
  readonly separator?: string;
}

export type FeatureColumn = string | NumberColumn | CategoryColumn | TextColumn;

const allowed: Readonly<Record<string, readonly string[]>> = {
  number: ["missing", "scaling"],
  category: ["missing", "categories", "maxCategories"],
  text: ["missing", "tokenizer", "vocab", "length", "lowercase", "ends"],
  "target number": ["scaling"],
  class: ["categories"],
  "class at each position": ["categories", "length"],
  set: ["separator", "categories"],
};
const policies: Readonly<Record<string, readonly string[]>> = {
  number: ["error", "mean", "median", "zero"],
  category: ["error", "unknown"],
  text: ["error", "empty"],
};

/** A column as the document holds it: a bare name stays one. */
export const readTableColumn = (use: string, given: unknown, site: Site | undefined): string | Parameters => {
  if (typeof given === "string") return given;
  const column = (given as { column?: unknown } | null)?.column;
  const where = typeof column === "string" ? `${use}: column "${column}"` : `${use}: a column`;
  return checkOptions(tableColumn, given, where, site);
};

/** What a column is to the input or head that reads it. */
const kindOf = ({ kind }: Parameters, expected: Expectation): string => {
  if (expected.role === "input") return kind ?? "number";
  if (expected.role === "label") return expected.shape ? "class at each position" : "class";
  return kind ?? "target number";
};

/** Throws where a column's options are not those of its kind, or its kind is not that of the input or head. */
export const checkTableColumn = (
  use: string,
  name: string,
  given: string | Parameters,
  expected: Expectation,
  site?: Site | undefined,
): void => {
  if (typeof given === "string") return;
  const kind = kindOf(given, expected);
  const refuse = (sentence: string) => optionError(`${use}: column "${given.column}"`, sentence, site);
  const whole = expected.role === "input" && expected.dtype === "int";
  if (expected.role === "input") {
    if (kind === "set") throw refuse(`it is a set, but "${name}" is an input`);
    if (whole && kind === "number" && (given.missing ?? given.scaling) !== undefined)
      throw refuse(
        `input "${name}" takes whole numbers as they are. Say what the column is: kind: "category" or "text"`,
      );
    if (!whole && kind !== "number")
      throw refuse(
        `a ${kind} becomes whole numbers, but input "${name}" is float: graph.input("${name}", […], { dtype: "int" })`,
      );
  } else if (given.kind !== undefined && !(given.kind === "set" && expected.role === "labels"))
    throw refuse(
      `head "${name}" needs no kind${expected.role === "labels" ? ' but "set"' : ""}, but it is "${given.kind}"`,
    );
  for (const option of Object.keys(given))
    if (option !== "column" && option !== "kind" && !allowed[kind]!.includes(option))
      throw refuse(`${option} is not an option of a ${kind}; it has ${allowed[kind]!.join(", ")}`);
  if (given.missing !== undefined && !policies[kind]?.includes(given.missing))
    throw refuse(
      `missing must be ${policies[kind]!.map((one) => `"${one}"`).join(" or ")} for a ${kind}, but it is "${given.missing}"`,
    );
  const below = expected.role === "input" ? expected.below : undefined;
  if (given.vocab !== undefined && below !== undefined && given.vocab > below)
    throw refuse(`its vocab is ${given.vocab}, so the embedding of "${name}" needs as many rows, but it has ${below}`);
};
