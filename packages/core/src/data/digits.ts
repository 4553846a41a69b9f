import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { singleImageAndLabel } from "./single.ts";
import { fraction, type HasRows, trainRows } from "./split.ts";

const rows = 1_797;

export const digitsData = defineData({
  type: "digits",
  doc: "The 1,797 handwritten digits of 8 by 8 pixels that come with scikit-learn.",
  parameters: z.strictObject({ validation: fraction.default(0.2), test: fraction.optional() }),
  hasValidation: () => true,
  trainRows: (ways, site) => trainRows(rows, ways, "data.digits", site),
  check: (_, expectations, site) => singleImageAndLabel("data.digits", expectations, [[64], [8, 8, 1]], site),
});

export interface DigitsOptions<T = undefined> {
  /** Share of the rows that validates. @defaultValue 0.2 */
  readonly validation?: number;
  /** Share of all rows that tests, once, at the end. Without it nothing does. */
  readonly test?: T;
}

/** scikit-learn's small digits, values 0 to 1, for a model of one input `[64]` or `[8, 8, 1]` and one head of 10 classes. */
export const digits = <const T extends number | undefined = undefined>(
  options: DigitsOptions<T> = {},
): Data<true, HasRows<T>> => createData(digitsData, options, "data.digits", callSite(digits));
