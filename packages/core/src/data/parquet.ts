import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import type { HasRows } from "./split.ts";
import {
  checkTable,
  orderTable,
  readTable,
  type TableOptions,
  type TableValidation,
  tableParameters,
} from "./table.ts";

export const parquetData = defineData({
  type: "parquet",
  doc: "A table whose columns have types.",
  parameters: z.strictObject(tableParameters),
  hasValidation: ({ validation }) => validation !== undefined,
  check: (params, expectations, site) => checkTable("data.parquet", params, expectations, site),
  ordered: orderTable,
});

/**
 * A table in Parquet's format, of which only the named columns are read. Nulls, and NaN where `missing` says what becomes
 * of them, are missing. Lists of strings serve as tokens and tags. All else is as in `data.csv`.
 *
 * @example data.parquet("sales.parquet", { features: { day: ["price", "stock"] }, targets: { sold: "sold" }, validation: 0.2 })
 */
export const parquet = <const V extends TableValidation = undefined, const T extends TableValidation = undefined>(
  path: string,
  options: TableOptions<V, T>,
): Data<HasRows<V>, HasRows<T>> => {
  const site = callSite(parquet);
  return createData(parquetData, { ...readTable("data.parquet", options, site), path }, "data.parquet", site);
};
