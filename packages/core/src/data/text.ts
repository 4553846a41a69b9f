import { callSite, type Site } from "@flaxen/errors";
import * as z from "zod";
import { contentHash } from "../document/hash.ts";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { DataDocument } from "../document/schema.ts";
import { role } from "../nodes/role.ts";
import { type Data, defineData } from "./define-data.ts";
import { DataMismatchError } from "./errors.ts";
import { checkShares, fraction, type HasRows, waysOf } from "./split.ts";
import type { Tokenizer } from "./table-columns.ts";

const use = "data.text";

const file = z.strictObject({ path: z.string().min(1) });
const inline = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits") });
const texts = z.array(z.union([file, inline])).min(1);
type Text = z.output<typeof texts>[number];

export const textData = defineData({
  type: "text",
  doc: "Running text, cut into windows of tokens.",
  parameters: z.strictObject({
    /** Files by their paths, or texts by their hashes. */
    texts: role.host(texts),
    validation: role.host(z.union([fraction, texts])).optional(),
    test: role.host(z.union([fraction, texts])).optional(),
    tokenizer: role.host(z.enum(["word", "whitespace", "character", "bpe"])).default("character"),
    vocab: role.host(z.int().min(3)).optional(),
    lowercase: role.host(z.boolean()).default(false),
    length: role.host(z.int().min(2)).optional(),
    stride: role.host(z.int().min(1)).optional(),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: ({ vocab, length, validation, test }, expectations, site) => {
    checkShares(use, { validation, test }, site);
    const [column, ...more] = Object.entries(expectations);
    if (!column || more.length > 0 || column[1].role !== "input")
      throw new DataMismatchError(
        `${use}: it has token numbers only, so the model needs one input and heads that learn from it, such as head.nextToken; but it needs ${Object.keys(expectations).join(", ")}.`,
        { site },
      );
    const [name, expected] = column;
    const [size] = expected.shape;
    if (expected.dtype !== "int" || expected.shape.length !== 1)
      throw new DataMismatchError(`${use}: input "${name}" must be token numbers, [length] of dtype "int".`, { site });
    if (typeof size === "string" ? length === undefined : length !== undefined && length !== size)
      throw optionError(
        use,
        typeof size === "string"
          ? `it needs a length: the "${size}" of input "${name}" may be any`
          : `length is ${length}, but input "${name}" has ${size} positions`,
        site,
      );
    if (vocab !== undefined && expected.below !== undefined && vocab > expected.below)
      throw optionError(use, `vocab is ${vocab}, but the model has room for ${expected.below} tokens`, site);
  },
});

/** Text itself, rather than the paths of files. */
export interface InlineText {
  readonly texts: string | readonly string[];
}

export type TextSource = string | readonly string[] | InlineText;

export interface TextOptions<V, T = undefined> extends Tokenizer {
  /** Tokens in a row of the data. Needed where the input's length is a name. @defaultValue that of the input */
  readonly length?: number;
  /**
   * Tokens from the beginning of a row to that of the next. Without it a row begins with the last token of the row before,
   * so that each token but a text's first is predicted once. @defaultValue the length - 1
   */
  readonly stride?: number;
  /** Other texts, or a share of the characters, at the end of the text. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: what tests, once, at the end. A share comes after that which validates. */
  readonly test?: T;
}

/**
 * Running text for a language model: UTF-8 files or strings, cut into rows of `length` tokens, for a model with one
 * input of token numbers and `head.nextToken`. 0 is padding, 1 unknown. The tokenizer is fitted on the training text only
 * and saved with the model: `predict` takes strings. The tokenizer is "character" unless another is named.
 *
 * @example data.text("shakespeare.txt", { tokenizer: "character", validation: 0.1 })   // input [128] of dtype "int"
 */
export const text = <
  const V extends number | TextSource | undefined = undefined,
  const T extends number | TextSource | undefined = undefined,
>(
  source: TextSource,
  options: TextOptions<V, T> = {},
): Data<HasRows<V>, HasRows<T>> => {
  const site = callSite(text);
  const assets = new Map<string, Uint8Array>();
  const { validation, test, ...rest } = options ?? {};
  const given: Record<string, unknown> = { ...rest, texts: readTexts(source, assets, site) };
  for (const [option, how] of waysOf({ validation, test }))
    given[option] = typeof how === "number" ? how : readTexts(how, assets, site);
  const params = checkOptions(textData.parameters, given, use, site);
  const document = deepFreeze({ type: textData.type, params }) as DataDocument;
  return Object.freeze({
    kind: "data",
    type: textData.type,
    validation: (validation !== undefined) as HasRows<V>,
    test: (test !== undefined) as HasRows<T>,
    site,
    bind: () => ({ document, assets }),
  });
};

const readTexts = (source: unknown, assets: Map<string, Uint8Array>, site: Site | undefined): readonly Text[] => {
  const strings = (given: unknown): readonly string[] => {
    const list = Array.isArray(given) ? given : [given];
    if (list.length > 0 && list.every((one) => typeof one === "string" && one !== "")) return list;
    throw optionError(use, "it takes the path of a file, a list of paths, or { texts: strings }", site);
  };
  if (typeof source !== "object" || source === null || Array.isArray(source))
    return strings(source).map((path) => ({ path }));
  return strings((source as Partial<InlineText>).texts).map((one) => {
    const bytes = new TextEncoder().encode(one);
    const sha256 = contentHash(bytes);
    assets.set(sha256, bytes);
    return { sha256 };
  });
};
