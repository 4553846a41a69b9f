import { callSite, type Site } from "@flaxen/errors";
import * as z from "zod";
import { contentHash } from "../document/hash.ts";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { DataDocument } from "../document/schema.ts";
import { role } from "../nodes/role.ts";
import { type Data, defineData } from "./define-data.ts";
import { EmptyDataError } from "./errors.ts";
import { fraction, type HasRows, type TableSplit, tableSplit, trainRows, waysOf } from "./split.ts";
import { checkTable, orderTable, readTable, type TableOptions, tableColumnNames, tableParameters } from "./table.ts";

const use = "data.rows";

const table = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits"),
  rows: z.int().min(1),
});
const { path: _, validation: __, test: ___, scaling, ...columns } = tableParameters;

const heldOut = role
  .host(
    z.union([fraction, table, tableSplit], {
      error:
        "must be a share between 0 and 1, rows, { ratio, stratify?, group? }, { fold, of, stratify?, group? } or { column, value }",
    }),
  )
  .optional();

export const rowsData = defineData({
  type: "rows",
  doc: "Rows of a table from TypeScript; they lie beside the document, under their hash.",
  parameters: z.strictObject({
    /** The rows: in a document their hash and how many they are. */
    table: role.host(table),
    ...columns,
    validation: heldOut,
    test: heldOut,
    scaling,
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  trainRows: ({ table: { rows }, ...ways }, site) =>
    waysOf(ways).every(([, how]) => typeof how !== "object" || "sha256" in how!)
      ? trainRows(rows, ways, use, site)
      : undefined,
  check: (params, expectations, site) => checkTable(use, params, expectations, site),
  ordered: orderTable,
});

/** What stands in a cell; null is missing. */
type Cell = number | string | boolean | null;

/** What `validation` and `test` of rows may be: other rows, a share of them, or which. */
export type RowsValidation = number | readonly object[] | TableSplit | undefined;

export interface RowsOptions<V, T = undefined> extends Omit<TableOptions<V, T>, "validation" | "test"> {
  /** Other rows, a share of the rows, or which rows. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: rows that test, once, at the end. They are set aside first. */
  readonly test?: T;
}

/**
 * Rows of a table from TypeScript: what a query gave, what JSON held. All else is as in `data.csv`, but only null,
 * undefined and NaN are missing, and each cell is what it is: "007" is no number.
 *
 * A row maps columns to cells. Only the columns that are named are kept, and they are copied at once. Throws
 * `EmptyDataError` without rows, `ParameterError` for a column that no row has and for a cell that is neither number,
 * string nor boolean.
 *
 * @example
 * data.rows(flats, {                                                        // [{ area: 70, city: "Bonn", rent: 900 }, …]
 *   features: { size: "area", place: { column: "city", kind: "category" } }, // inputs [1], the second of dtype "int"
 *   targets: { rent: "rent" },
 *   validation: 0.2,
 * })
 */
export const rows = <const V extends RowsValidation = undefined, const T extends RowsValidation = undefined>(
  given: readonly object[],
  options: RowsOptions<V, T>,
): Data<HasRows<V>, HasRows<T>> => {
  const site = callSite(rows);
  const assets = new Map<string, Uint8Array>();
  const { validation, test, ...rest } = options ?? {};
  const ways = waysOf({ validation, test });
  const { features = {}, targets = {}, ...more } = checkOptions(rowsOptions, readTable(use, rest, site), use, site);
  // Other rows need no column by which rows are set aside.
  const drawn = Object.fromEntries(ways.filter(([, how]) => typeof how === "object" && !Array.isArray(how)));
  const params = checkOptions(
    rowsData.parameters,
    {
      table: store(use, given, tableColumnNames({ features, targets, ...drawn }), assets, site),
      features,
      targets,
      ...Object.fromEntries(
        ways.map(([option, how]) => [
          option,
          Array.isArray(how)
            ? store(`${use}: ${option}`, how, tableColumnNames({ features, targets }), assets, site)
            : how,
        ]),
      ),
      ...more,
    },
    use,
    site,
  );
  const document = deepFreeze({ type: rowsData.type, params }) as DataDocument;
  return Object.freeze({
    kind: "data",
    type: rowsData.type,
    validation: (validation !== undefined) as HasRows<V>,
    test: (test !== undefined) as HasRows<T>,
    site,
    bind: () => ({ document, assets }),
  });
};

const rowsOptions = z.strictObject({ ...columns, scaling });

/** The named columns as JSON, column -> cells. */
const store = (
  use: string,
  given: readonly object[],
  names: readonly string[],
  assets: Map<string, Uint8Array>,
  site: Site | undefined,
): z.output<typeof table> => {
  if (!Array.isArray(given) || given.some((row) => typeof row !== "object" || row === null || Array.isArray(row)))
    throw optionError(use, 'it takes a list of rows such as { area: 70, city: "Bonn" }', site);
  if (given.length === 0) throw new EmptyDataError(`${use} has no rows. At least one is needed.`, { site });
  const cells = [...new Set(names)].map((name) => {
    if (!given.some((row) => Object.hasOwn(row, name)))
      throw optionError(use, `no row has a "${name}"; the first has ${Object.keys(given[0]!).join(", ")}`, site);
    return [name, given.map((row, at) => cell(use, (row as Record<string, unknown>)[name], name, at, site))] as const;
  });
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(cells)));
  const sha256 = contentHash(bytes);
  assets.set(sha256, bytes);
  return { sha256, rows: given.length };
};

const cell = (use: string, value: unknown, column: string, row: number, site: Site | undefined): Cell => {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value as Cell;
  const found = typeof value === "object" ? `a ${value.constructor?.name ?? "record"}` : String(value);
  throw optionError(
    use,
    `column "${column}", row ${row}: it holds ${found}, which is no number, string or boolean`,
    site,
  );
};
