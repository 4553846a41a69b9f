import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { checkColumns, inOrder } from "./columns.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { checkShares, fraction, type HasRows, waysOf } from "./split.ts";

const files = z.record(z.string(), z.string().min(1));

export const idxData = defineData({
  type: "idx",
  doc: "Files in MNIST's format, one for each input and each head.",
  parameters: z.strictObject({
    train: role.host(files),
    validation: role.host(z.union([fraction, files])).optional(),
    test: role.host(z.union([fraction, files])).optional(),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: ({ train, ...ways }, expectations, site) => {
    checkColumns("data.idx: train", Object.keys(train), expectations, site);
    for (const [option, how] of waysOf(ways))
      if (typeof how === "object") checkColumns(`data.idx: ${option}`, Object.keys(how!), expectations, site);
    checkShares("data.idx", ways, site);
  },
  ordered: (params, expectations) => ({
    ...params,
    train: inOrder(params.train, expectations),
    ...(typeof params.validation === "object" ? { validation: inOrder(params.validation, expectations) } : {}),
    ...(typeof params.test === "object" ? { test: inOrder(params.test, expectations) } : {}),
  }),
});

/** Name of an input or a head -> path of its IDX file, unpacked. */
export type IdxFiles = Readonly<Record<string, string>>;

export interface IdxOptions<V, T = undefined> {
  /** Input or head -> path of its file, unpacked. */
  readonly train: IdxFiles;
  /** Files of their own, or a share of the training rows. Without it nothing validates. */
  readonly validation?: V;
  /** In the same forms: rows that test, once, at the end. */
  readonly test?: T;
}

/**
 * Files in MNIST's format. Bytes are taken for pixels: they reach the model divided by 255.
 *
 * @example data.idx({ train: { image: "images.idx", digit: "labels.idx" }, validation: 0.1 })
 */
export const idx = <
  const V extends number | IdxFiles | undefined = undefined,
  const T extends number | IdxFiles | undefined = undefined,
>(
  options: IdxOptions<V, T>,
): Data<HasRows<V>, HasRows<T>> => createData(idxData, options, "data.idx", callSite(idx));
