import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
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

const { scaling, ...shared } = tableParameters;

export const csvData = defineData({
  type: "csv",
  doc: "A table with a header line.",
  parameters: z.strictObject({ ...shared, separator: role.host(z.string().length(1)).default(","), scaling }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: (params, expectations, site) => checkTable("data.csv", params, expectations, site),
  ordered: orderTable,
});

export interface CsvOptions<V, T = undefined> extends TableOptions<V, T> {
  /** The one sign between two cells. @defaultValue "," */
  readonly separator?: string;
}

/**
 * A table with a header line, read lazily. Empty cells and NA are missing. Scaling, categories, tokenizers and class names
 * are fitted on the training rows and saved with the trained model: `predict` takes rows as the file has them.
 *
 * @example
 * data.csv("houses.csv", {
 *   features: {
 *     size: ["area", { column: "rooms", missing: "median" }],            // input [2]
 *     place: { column: "city", kind: "category" },                       // input [1] of dtype "int"
 *     advert: { column: "advert", kind: "text", tokenizer: "word" },     // input [64] of dtype "int"
 *   },
 *   targets: { price: { column: "price", scaling: "standard" } },
 *   validation: { ratio: 0.2, group: "street" },
 * })
 */
export const csv = <const V extends TableValidation = undefined, const T extends TableValidation = undefined>(
  path: string,
  options: CsvOptions<V, T>,
): Data<HasRows<V>, HasRows<T>> => {
  const site = callSite(csv);
  return createData(csvData, { ...readTable("data.csv", options, site), path }, "data.csv", site);
};
