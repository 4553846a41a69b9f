import { callSite, type Site } from "@flaxen/errors";
import * as z from "zod";
import { contentHash } from "../document/hash.ts";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { DataDocument } from "../document/schema.ts";
import { DTypeError } from "../nodes/errors.ts";
import { role } from "../nodes/role.ts";
import { checkColumns, checkNamedSizes, checkRowShape, inOrder, type NamedSize } from "./columns.ts";
import { type BoundData, type Data, defineData } from "./define-data.ts";
import { type EncodedColumn, encodeColumn, encodeWhole, isFloat } from "./encode-column.ts";
import { EmptyDataError, RowCountError } from "./errors.ts";
import type { Expectations } from "./expectations.ts";
import { type Column, type ColumnValues, readColumn } from "./read-column.ts";
import {
  checkShares,
  checkStratify,
  drawn,
  type FoldSplit,
  fraction,
  type HasRows,
  type RatioSplit,
  trainRows,
  waysOf,
} from "./split.ts";

const use = "data.arrays";

const column = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  dtype: z.enum(["uint8", "int32", "float32"]),
  shape: z.array(z.int().min(0)).min(1),
});
const columns = z.record(z.string(), column);
const split = drawn(column);
type ColumnDocuments = z.output<typeof columns>;
type SplitDocument = z.output<typeof split>;

const rowsOf = (documents: ColumnDocuments): number => Object.values(documents)[0]?.shape[0] ?? 0;

const heldOut = role
  .host(
    z.union([fraction, split, columns], {
      error:
        "must be a share between 0 and 1, columns, { ratio, stratify?, group? } or { fold, of, stratify?, group? }",
    }),
  )
  .optional();

export const arraysData = defineData({
  type: "arrays",
  doc: "Numbers from TypeScript; their bytes lie beside the document, under their hashes.",
  parameters: z.strictObject({
    /** Input or head -> its values: in a document their hash, dtype and shape. */
    columns: role.host(columns),
    validation: heldOut,
    test: heldOut,
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  trainRows: ({ columns, ...ways }, site) =>
    waysOf(ways).some(([, how]) => isSplit(how)) ? undefined : trainRows(rowsOf(columns), ways, use, site),
  check: ({ columns, ...ways }, expectations, site) => {
    checkTable(use, columns, expectations, site);
    for (const [option, how] of waysOf(ways))
      if (isSplit(how)) checkGroups(how, rowsOf(columns), site);
      else if (typeof how === "object") checkTable(`${use}: ${option}`, how as ColumnDocuments, expectations, site);
    checkStratify(use, ways, expectations, site);
    checkShares(use, ways, site);
  },
  ordered: (params, expectations) => ({
    ...params,
    columns: inOrder(params.columns, expectations),
    ...Object.fromEntries(
      waysOf(params).map(([option, how]) => [
        option,
        typeof how === "object" && !isSplit(how) ? inOrder(how as ColumnDocuments, expectations) : how,
      ]),
    ),
  }),
});

const checkTable = (
  use: string,
  documents: ColumnDocuments,
  expectations: Expectations,
  site: Site | undefined,
): void => {
  checkColumns(use, Object.keys(documents), expectations, site);
  const rows = Object.fromEntries(Object.entries(documents).map(([name, { shape }]) => [name, shape[0]!]));
  if (new Set(Object.values(rows)).size > 1) throw new RowCountError(use, rows, site);
  if (rowsOf(documents) === 0) throw new EmptyDataError(`${use} has no rows. At least one is needed.`, { site });
  const sizes = new Map<string, NamedSize>();
  for (const [name, { dtype, shape }] of Object.entries(documents)) {
    const expected = expectations[name]!;
    checkRowShape(use, name, shape.slice(1), expected, site);
    checkNamedSizes(use, name, shape.slice(1), expected, sizes, site);
    const whole = !isFloat(expected);
    if (whole !== (dtype === "int32"))
      throw new DTypeError(
        `${use}: column "${name}" is ${dtype}, but ${whole ? "int32" : "float32 or uint8"} is needed`,
        {
          node: name,
          site,
        },
      );
  }
};

/** Columns are objects or lists: a number tells how rows are set aside. */
const isSplit = (how: unknown): how is SplitDocument =>
  typeof how === "object" &&
  how !== null &&
  ["ratio", "fold"].some((key) => typeof (how as Record<string, unknown>)[key] === "number");

const checkGroups = (how: SplitDocument, rows: number, site: Site | undefined): void => {
  const groups = how.group?.shape[0] ?? rows;
  if (groups !== rows) throw new RowCountError(use, { group: groups, "each column": rows }, site);
};

/** Input or head -> its values. */
export type Columns = Readonly<Record<string, ColumnValues>>;

/** A group for each row: a name or a number. */
export type Groups = readonly (string | number)[];

/** How rows of arrays are set aside. */
export type ArraysSplit = RatioSplit<Groups> | FoldSplit<Groups>;

/** What `validation` and `test` of arrays may be. */
export type ArraysValidation = number | Columns | ArraysSplit | undefined;

export interface ArraysOptions<V, T = undefined> {
  /** Columns of their own, a share of the rows, or which rows. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: rows that test, once, at the end. They are set aside first. */
  readonly test?: T;
}

/**
 * Numbers from TypeScript: one column per input and head, one entry per row.
 *
 * Each column is checked at once and copied. A `Uint8Array` for an input of floats is taken for pixels: it reaches the
 * model divided by 255.
 *
 * @example data.arrays({ row: [[1, 2], [3, 4]], price: [5, 6] }) // input "row" [2], head "price"
 */
export const arrays = <const V extends ArraysValidation = undefined, const T extends ArraysValidation = undefined>(
  columns: Columns,
  options: ArraysOptions<V, T> = {},
): Data<HasRows<V>, HasRows<T>> => {
  const site = callSite(arrays);
  const { validation, test } = checkOptions(arrayOptions, options, use, site);
  const train = readTable(use, columns, site);
  const ways = waysOf({ validation, test }).map(([option, how]) => [option, readWay(option, how, site)] as const);
  return Object.freeze({
    kind: "data",
    type: arraysData.type,
    validation: (validation !== undefined) as HasRows<V>,
    test: (test !== undefined) as HasRows<T>,
    site,
    bind: (expectations: Expectations) => {
      const assets = new Map<string, Uint8Array>();
      const params = {
        columns: encodeTable(use, train, expectations, assets, site),
        ...Object.fromEntries(ways.map(([option, encode]) => [option, encode(expectations, assets)])),
      };
      const checked = checkOptions(arraysData.parameters, params, use, site);
      return {
        document: deepFreeze({ type: arraysData.type, params: checked }) as DataDocument,
        assets,
      } satisfies BoundData;
    },
  });
};

const way = z
  .union([fraction, z.looseObject({})], { error: "must be a share between 0 and 1, which rows, or columns" })
  .optional();
const arrayOptions = z.strictObject({ validation: way, test: way });

/** Reads rows that are set aside at once; what the document holds of them is told by what the model expects. */
const readWay = (
  option: string,
  how: unknown,
  site: Site | undefined,
): ((expectations: Expectations, assets: Map<string, Uint8Array>) => unknown) => {
  if (isSplit(how)) {
    const groups = readGroups(option, how.group, site);
    return (_, assets) => (groups === undefined ? how : { ...how, group: store(groups, assets) });
  }
  if (typeof how !== "object") return () => how;
  const table = readTable(`${use}: ${option}`, how!, site);
  return (expectations, assets) => encodeTable(`${use}: ${option}`, table, expectations, assets, site);
};

const readTable = (use: string, columns: object, site: Site | undefined): ReadonlyMap<string, Column> => {
  if (typeof columns !== "object" || columns === null)
    throw optionError(use, "the columns must be an object such as { image: pixels, digit: labels }", site);
  return new Map(Object.entries(columns).map(([name, given]) => [name, readColumn(use, name, given, site)]));
};

const encodeTable = (
  use: string,
  table: ReadonlyMap<string, Column>,
  expectations: Expectations,
  assets: Map<string, Uint8Array>,
  site: Site | undefined,
): ColumnDocuments => {
  checkColumns(use, [...table.keys()], expectations, site);
  const documents: ColumnDocuments = {};
  for (const [name, column] of table) {
    documents[name] = store(encodeColumn(use, name, column, expectations[name]!, site), assets);
  }
  return documents;
};

const store = ({ dtype, shape, bytes }: EncodedColumn, assets: Map<string, Uint8Array>): z.output<typeof column> => {
  const sha256 = contentHash(bytes);
  assets.set(sha256, bytes);
  return { sha256, dtype, shape: [...shape] };
};

/** Groups as numbers, in the order in which they first come. */
const readGroups = (option: string, given: unknown, site: Site | undefined): EncodedColumn | undefined => {
  if (given === undefined) return undefined;
  const list = Array.isArray(given) || ArrayBuffer.isView(given) ? [...(given as unknown as Groups)] : [];
  if (list.length === 0 || list.some((one) => typeof one !== "string" && !Number.isFinite(one)))
    throw optionError(use, `${option}: group must be a list with a name or a number for each row`, site);
  const places = new Map([...new Set(list)].map((one, place) => [one, place]));
  return encodeWhole(list.map((one) => places.get(one)!));
};
