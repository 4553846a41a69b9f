import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { checkColumns, inOrder } from "./columns.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { fraction, type HasValidation } from "./split.ts";

const files = z.record(z.string(), z.string().min(1));

export const idxData = defineData({
  type: "idx",
  doc: "Files in MNIST's format, one for each input and each head.",
  parameters: z.strictObject({
    train: role.host(files),
    validation: role.host(z.union([fraction, files])).optional(),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: ({ train, validation }, expectations, site) => {
    checkColumns("data.idx: train", Object.keys(train), expectations, site);
    if (typeof validation === "object")
      checkColumns("data.idx: validation", Object.keys(validation), expectations, site);
  },
  ordered: (params, expectations) => ({
    ...params,
    train: inOrder(params.train, expectations),
    ...(typeof params.validation === "object" ? { validation: inOrder(params.validation, expectations) } : {}),
  }),
});

/** Name of an input or a head -> path of its IDX file, unpacked. */
export type IdxFiles = Readonly<Record<string, string>>;

export interface IdxOptions<V> {
  /** Input or head -> path of its file, unpacked. */
  readonly train: IdxFiles;
  /** Files of their own, or a share of the training rows. Without it nothing validates. */
  readonly validation?: V;
}

/**
 * Files in MNIST's format. Bytes are taken for pixels: they reach the model divided by 255.
 *
 * @example data.idx({ train: { image: "images.idx", digit: "labels.idx" }, validation: 0.1 })
 */
export const idx = <const V extends number | IdxFiles | undefined = undefined>(
  options: IdxOptions<V>,
): Data<HasValidation<V>> => createData(idxData, options, "data.idx", callSite(idx));
