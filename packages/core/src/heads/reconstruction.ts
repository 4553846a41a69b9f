import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { Typed } from "../graph/tensor.ts";
import { role } from "../nodes/role.ts";
import { type Shape, sameShape, show } from "../shapes/index.ts";
import { createHead } from "./create-head.ts";
import { defineHead, type Head, type ReportedBy } from "./define-head.ts";
import { type FeaturesFit, featuresProblem } from "./features.ts";
import type { OwnLoss } from "./own/define-loss.ts";
import type { OwnMetric } from "./own/define-metric.ts";
import { headParameters, source } from "./parameters.ts";
import { sourceOf } from "./source.ts";
import type { Values } from "./values.ts";

const losses = ["mse", "mae", "huber", "logCosh", "bce"] as const;
const metrics = ["mse", "rmse", "mae"] as const;
export type ReconstructionMetric = (typeof metrics)[number];

export const reconstructionHead = defineHead({
  type: "reconstruction",
  doc: "One of the model's own inputs again: mean squared error. It needs no column of the data.",
  parameters: z.strictObject({
    of: source,
    /** The size of the last axis of `of`, which tells it. */
    outputs: role.shape(z.int().min(1)),
    ...headParameters(losses),
    delta: role.dynamic(z.number().positive()).optional(),
  }),
  losses,
  lossOptions: { huber: { delta: 1 } },
  metrics,
  minimised: ["mse", "rmse", "mae"],
  featuresProblem,
  sourceProblem: ({ shape, dtype }, features, { of, outputs }) => {
    if (dtype === "int") return `needs float, but its input "${of}" is int: use head.nextToken or head.classification`;
    const wanted = [...shape.slice(0, -1), "features"];
    if (!sameShape(shape.slice(0, -1), features.shape.slice(0, -1)))
      return `needs ${show(wanted)} to give "${of}" again, but its features are ${show(features.shape)}`;
    return shape.at(-1) === outputs ? undefined : `has ${outputs} outputs, but its input "${of}" is ${show(shape)}`;
  },
  projection: ({ outputs }) => outputs,
  width: ({ outputs }) => outputs,
  target: () => undefined,
  read: (values) => values,
});

export interface ReconstructionOptions<M, O> {
  /** The input, or its name: features depend on it. Pixels are compared as the model reads them, from 0 to 1. */
  readonly of: O;
  /** "mse", "rmse", "mae": mean squared error, its root, and mean absolute error. */
  readonly metrics?: readonly M[];
  /** Share of the model's loss. @defaultValue 1 */
  readonly weight?: number;
  /**
   * As in `head.regression`; "bce": cross-entropy of the sigmoid, for numbers from 0 to 1, which `predict` then gives.
   *
   * @defaultValue "mse"
   */
  readonly loss?: (typeof losses)[number] | OwnLoss<"reconstruction">;
  /** For "huber": where the parabola ends. @defaultValue 1 */
  readonly delta?: number;
}

type ShapeOf<O> = O extends Typed<infer S extends Shape> ? S : Shape;

/**
 * One of the model's own inputs again, as an autoencoder gives it: a projection of the features to the size of its last
 * axis. All axes before it must be the input's.
 *
 * @example head.reconstruction(code.dense(64).relu(), { of: pixels }) // pixels [batch, 784], features [batch, 64]
 */
export const reconstruction = <
  T,
  const O extends string | Typed<any, "float">,
  const M extends ReconstructionMetric | OwnMetric<string, "reconstruction"> = never,
>(
  features: FeaturesFit<"head.reconstruction", T>,
  options: ReconstructionOptions<M, O>,
): Head<ReportedBy<M>, Values<ShapeOf<O>>> => {
  const site = callSite(reconstruction);
  const node = isTensor(features) ? nodeOf(features) : undefined;
  const input = sourceOf("head.reconstruction", node, options?.of, site);
  const given = input && { ...options, of: input.name!, outputs: input.shape.at(-1) };
  return createHead(reconstructionHead, node, given ?? {}, site, input) as Head<ReportedBy<M>, Values<ShapeOf<O>>>;
};
