import { z } from "zod";
import type { Op } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import type { Channels } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";
import { bothAxes, padding, sizePair } from "../schemas.ts";
import { type ImageMisfit, imageMisfit, type Slide, slide, type Window } from "../window.ts";

/** A kind of node that makes one value of each window and channel of an image. */
export const pooling = (name: string, stem: string, doc: string) =>
  defineNode({
    name,
    stem,
    doc,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({
      window: role.structure(sizePair),
      stride: role.structure(sizePair),
      padding: role.structure(padding.default("VALID")),
    }),
    positional: ["window"],
    normalise: ({ window, stride = window, ...given }) => ({
      ...given,
      window: bothAxes(window),
      stride: bothAxes(stride),
    }),
    infer: ([x], { window, stride, padding }) => {
      const { shape } = x!;
      const misfit = imageMisfit(shape, name);
      if (misfit) return misfit;
      const out = slide(shape, { kernel: window, stride, padding, dilation: [1, 1] }, shape[3]!, name);
      return typeof out === "string" ? out : { shape: out, dtype: "float" };
    },
  });

/** The rule of such a node. */
export interface Pooling<Name extends string, Size, Stride, Pad> extends Op {
  readonly is: [Name, Size, Stride, Pad];
  readonly out: PoolingOut<this["in"], Name, Size, Stride, Pad>;
}
type PoolingOut<T, Name extends string, Size, Stride, Pad> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : ImageMisfit<S, Name> extends infer Misfit
        ? Misfit[] extends never[]
          ? Slide<S, Window<Size, Stride, Pad>, Channels<S>, Name>
          : Misfit
        : never
    : never;

export interface PoolingOptions<Stride, Pad> {
  /** Steps of the window. @defaultValue the window */
  readonly stride?: Stride;
  /** "VALID" leaves out what no whole window covers. @defaultValue "VALID" */
  readonly padding?: Pad;
}
