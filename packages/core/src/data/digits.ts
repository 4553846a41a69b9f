import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { singleImageAndLabel } from "./single.ts";
import { fraction, trainRows } from "./split.ts";

const rows = 1_797;

export const digitsData = defineData({
  type: "digits",
  doc: "The 1,797 handwritten digits of 8 by 8 pixels that come with scikit-learn.",
  parameters: z.strictObject({ validation: fraction.default(0.2) }),
  hasValidation: () => true,
  trainRows: ({ validation }, site) => trainRows(rows, validation, "data.digits", site),
  check: (_, expectations, site) => singleImageAndLabel("data.digits", expectations, [[64], [8, 8, 1]], site),
});

export interface DigitsOptions {
  /** Share of the rows that validates. @defaultValue 0.2 */
  readonly validation?: number;
}

/** scikit-learn's small digits, values 0 to 1, for a model of one input `[64]` or `[8, 8, 1]` and one head of 10 classes. */
export const digits = (options: DigitsOptions = {}): Data<true> =>
  createData(digitsData, options, "data.digits", callSite(digits));
