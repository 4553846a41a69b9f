import { callSite, type Site } from "@flaxen/errors";
import { z } from "zod";
import { contentHash } from "../document/hash.ts";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { DataDocument } from "../document/schema.ts";
import { DTypeError } from "../nodes/errors.ts";
import { role } from "../nodes/role.ts";
import { checkColumns, checkRowShape, inOrder } from "./columns.ts";
import { type BoundData, type Data, defineData } from "./define-data.ts";
import { encodeColumn } from "./encode-column.ts";
import { EmptyDataError, RowCountError } from "./errors.ts";
import type { Expectations } from "./expectations.ts";
import { type Column, type ColumnValues, readColumn } from "./read-column.ts";
import { fraction, type HasValidation, trainRows } from "./split.ts";

const use = "data.arrays";

const columns = z.record(
  z.string(),
  z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
    dtype: z.enum(["uint8", "int32", "float32"]),
    shape: z.array(z.int().min(0)).min(1),
  }),
);
type ColumnDocuments = z.output<typeof columns>;

const rowsOf = (documents: ColumnDocuments): number => Object.values(documents)[0]?.shape[0] ?? 0;

export const arraysData = defineData({
  type: "arrays",
  doc: "Numbers from TypeScript; their bytes lie beside the document, under their hashes.",
  parameters: z.strictObject({
    columns: role.host(columns),
    validation: role.host(z.union([fraction, columns])).optional(),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  trainRows: ({ columns, validation }, site) =>
    typeof validation === "number" ? trainRows(rowsOf(columns), validation, use, site) : rowsOf(columns),
  check: ({ columns, validation }, expectations, site) => {
    checkTable(use, columns, expectations, site);
    if (typeof validation === "object") checkTable(`${use}: validation`, validation, expectations, site);
  },
  ordered: (params, expectations) => ({
    ...params,
    columns: inOrder(params.columns, expectations),
    ...(typeof params.validation === "object" ? { validation: inOrder(params.validation, expectations) } : {}),
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
  for (const [name, { dtype, shape }] of Object.entries(documents)) {
    const expected = expectations[name]!;
    checkRowShape(use, name, shape.slice(1), expected, site);
    const whole = expected.role === "label" || (expected.role === "input" && expected.dtype === "int");
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

/** Input or head -> its values. */
export type Columns = Readonly<Record<string, ColumnValues>>;

export interface ArraysOptions<V> {
  /** Columns of their own, or a share of the rows. Without it nothing validates. */
  readonly validation?: V;
}

/**
 * Numbers from TypeScript: one column per input and head, one entry per row.
 *
 * Each column is checked at once and copied. A `Uint8Array` for an input of floats is taken for pixels: it reaches the
 * model divided by 255.
 */
export const arrays = <const V extends number | Columns | undefined = undefined>(
  columns: Columns,
  options: ArraysOptions<V> = {},
): Data<HasValidation<V>> => {
  const site = callSite(arrays);
  const { validation } = checkOptions(arrayOptions, options, use, site);
  const train = readTable(use, columns, site);
  const validate = typeof validation === "object" ? readTable(`${use}: validation`, validation, site) : undefined;
  return Object.freeze({
    kind: "data",
    type: arraysData.type,
    validation: (validation !== undefined) as HasValidation<V>,
    site,
    bind: (expectations: Expectations) => {
      const assets = new Map<string, Uint8Array>();
      const params = {
        columns: encodeTable(use, train, expectations, assets, site),
        ...(validation === undefined
          ? {}
          : {
              validation: validate
                ? encodeTable(`${use}: validation`, validate, expectations, assets, site)
                : (validation as number),
            }),
      };
      return { document: deepFreeze({ type: arraysData.type, params }) as DataDocument, assets } satisfies BoundData;
    },
  });
};

const arrayOptions = z.strictObject({
  validation: z
    .union([fraction, z.looseObject({})], { error: "must be a share between 0 and 1, or columns" })
    .optional(),
});

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
    const { dtype, shape, bytes } = encodeColumn(use, name, column, expectations[name]!, site);
    const sha256 = contentHash(bytes);
    assets.set(sha256, bytes);
    documents[name] = { sha256, dtype, shape: [...shape] };
  }
  return documents;
};
