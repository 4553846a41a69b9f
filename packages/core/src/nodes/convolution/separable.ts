import * as z from "zod";
import { times } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { trainable } from "../weights.ts";
import { rankMisfit, slide } from "../window.ts";
import { type Family, type WindowOptions, windowOf } from "./convolution.ts";

/** A kind of node that gives every channel windows of its own, then mixes the channels of each position. */
export const separable = <Name extends string>({ name, stem, doc, rank }: Family<Name>) => {
  const window = windowOf(rank);
  return defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      filters: role.shape(size),
      ...window.parameters,
      multiplier: role.shape(size.default(1)),
      useBias: role.structure(z.boolean().default(true)),
    }),
    positional: ["filters"],
    named: "maybe",
    normalise: window.normalise,
    infer: ([x], params) => {
      const misfit = rankMisfit(x!.shape, rank, name);
      if (misfit) return misfit;
      const out = slide(x!.shape, params, params.filters, name);
      return typeof out === "string" ? out : { shape: out, dtype: "float" };
    },
    weights: ([x], { filters, kernel, multiplier, useBias }) => {
      const between = times(x!.shape.at(-1)!, multiplier);
      return {
        "depthwise/kernel": trainable(...kernel, 1, between),
        "pointwise/kernel": trainable(...kernel.map(() => 1), between, filters),
        ...(useBias && { "pointwise/bias": trainable(filters) }),
      };
    },
  });
};

export interface SeparableOptions<Kernel, Stride, Pad, Dilation> extends WindowOptions<Kernel, Stride, Pad, Dilation> {
  /** How many outputs every channel has before they are mixed. @defaultValue 1 */
  readonly multiplier?: number;
}
