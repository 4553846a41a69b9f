import { type AnyModel, type ModelDocument, ParameterError, UnknownOptionError } from "@flaxen/core";
import { didYouMean } from "@flaxen/errors";
import { InputRowsError, NoTextHeadError } from "../errors/predict.ts";
import { type Feed, type PackedInputs, packInputs } from "./feeds.ts";
import type { InputSpecification } from "./subject.ts";

/** How a language model writes. */
export interface GenerateOptions<Inputs = AnyModel["inputs"]> {
  /** Of each text, at most. @defaultValue 100 */
  readonly tokens?: number;
  /** Above 1 is more varied, below 1 more certain, 0 always takes the most probable token. @defaultValue 1 */
  readonly temperature?: number;
  /** Draws from the so many most probable tokens only. @defaultValue all */
  readonly topK?: number;
  /** The same seed writes the same texts. @defaultValue 0 */
  readonly seed?: number;
  /** The model's other inputs, a row for each prompt: what a decoder translates. */
  readonly inputs?: { readonly [Name in keyof Inputs]?: Feed };
  /** Which head, where several predict a next token. */
  readonly head?: string;
}

/** What the predicting process is asked beside the inputs. */
export interface TextRequest {
  readonly head: string;
  readonly of: string;
  readonly prompts: readonly string[];
  readonly tokens: number;
  readonly temperature: number;
  readonly topK: number | null;
  readonly seed: number;
}

const rules: Readonly<Record<string, readonly [rule: string, fits: (value: unknown) => boolean]>> = {
  tokens: ["a whole number of at least 1", (value) => Number.isSafeInteger(value) && (value as number) >= 1],
  temperature: ["a number of at least 0", (value) => Number.isFinite(value) && (value as number) >= 0],
  topK: ["a whole number of at least 1", (value) => Number.isSafeInteger(value) && (value as number) >= 1],
  seed: ["a whole number of at least 0", (value) => Number.isSafeInteger(value) && (value as number) >= 0],
  inputs: ["an object with the rows of each other input", (value) => typeof value === "object" && value !== null],
  head: ["the name of a head", (value) => typeof value === "string"],
};

/** Checks what a caller asks for and lays out the inputs. */
export const packPrompts = (
  prompt: string | readonly string[],
  options: GenerateOptions,
  heads: ModelDocument["heads"],
  specifications: readonly InputSpecification[],
): { readonly request: TextRequest; readonly inputs: PackedInputs } => {
  checkOptions(options);
  const prompts = typeof prompt === "string" ? [prompt] : prompt;
  if (!Array.isArray(prompts) || prompts.length === 0 || prompts.some((one) => typeof one !== "string"))
    throw new ParameterError("generate takes a prompt, a string, or a list of prompts.", { node: "generate" });
  const { tokens = 100, temperature = 1, topK = null, seed = 0, inputs = {} } = options;
  const { head, of } = textHead(heads, specifications, options.head);
  if (Object.hasOwn(inputs, of))
    throw new ParameterError(`generate: input "${of}" is what it writes to. Give its beginning as the prompt.`, {
      node: "generate",
    });
  const others = specifications.filter(({ name }) => name !== of);
  const packed = packInputs(inputs, others);
  if (others.length > 0 && packed.rows !== prompts.length)
    throw new InputRowsError(
      `generate: every prompt needs a row of inputs, but there are ${prompts.length} prompts and ${packed.rows} rows.`,
    );
  return { request: { head, of, prompts, tokens, temperature, topK, seed }, inputs: packed };
};

const checkOptions = (options: object): void => {
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, option))
      throw new UnknownOptionError(`generate has no option "${option}".${didYouMean(option, Object.keys(rules))}`, {
        node: "generate",
      });
    const [rule, fits] = rules[option]!;
    if (value !== undefined && !fits(value))
      throw new ParameterError(`generate: ${option} must be ${rule}, but it is ${JSON.stringify(value) ?? value}.`, {
        node: "generate",
      });
  }
};

/** The head that predicts the next token of an input that was trained on text. */
const textHead = (
  documents: ModelDocument["heads"],
  specifications: readonly InputSpecification[],
  wanted: string | undefined,
): { readonly head: string; readonly of: string } => {
  const found = documents
    .filter(({ type }) => type === "nextToken")
    .map(({ name, params }) => ({ head: name, of: params.of as string }));
  const named = found.map(({ head }) => `"${head}"`).join(", ");
  if (found.length === 0)
    throw new NoTextHeadError(
      `generate needs a model with a head.nextToken, but this one has ${documents.map(({ name, type }) => `"${name}" (head.${type})`).join(", ")}. Use predict.`,
    );
  const chosen = wanted === undefined && found.length === 1 ? found[0] : found.find(({ head }) => head === wanted);
  if (!chosen)
    throw new NoTextHeadError(
      wanted === undefined
        ? `generate: say which head writes; there are ${named}: { head: ${named.split(", ")[0]} }.`
        : `generate: "${wanted}" predicts no next token; there is ${named}.`,
    );
  if (specifications.find(({ name }) => name === chosen.of)?.takes !== "text")
    throw new NoTextHeadError(
      `generate: input "${chosen.of}" was trained on token numbers, not on text, so nothing is known of what they stand for. Train it with data.text or a column of text, or use predict.`,
    );
  return chosen;
};
