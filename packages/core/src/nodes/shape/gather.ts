import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Tensor, Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type DType,
  type InnerAxis,
  type IsDynamicRank,
  innerAxis,
  type SameDim,
  type Shape,
  type Show,
  sameDim,
  show,
} from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { NeedsInt } from "../dtype.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { WrongSize } from "../wrong.ts";

export const gather = defineNode({
  name: "gather",
  stem: "gather",
  doc: "In every example, what stands at the given places of an axis.",
  ports: [
    { name: "x", dtype: "any", passes: true },
    { name: "places", dtype: "int", belowAxis: "axis" },
  ],
  parameters: z.strictObject({ axis: axis.default(1) }),
  infer: ([x, places], params) => {
    const { shape, dtype } = x!;
    const at = innerAxis(shape, params.axis, "gather");
    if (typeof at === "string") return at;
    if (!sameDim(shape[0]!, places!.shape[0]!))
      return `gather: ${show(shape)} and ${show(places!.shape)} differ in their first axis`;
    return { shape: [...shape.slice(0, at), ...places!.shape.slice(1), ...shape.slice(at + 1)], dtype };
  },
});

export interface Gather<Places extends AnyTensor, Axis> extends Op {
  readonly is: ["gather", Places, readonly [Axis]];
  readonly out: this["in"] extends Typed<infer S, infer D> ? GatherOut<S, D, Places, Axis> : never;
}
type GatherOut<S extends Shape, D extends DType, Places, Axis> =
  Places extends Typed<infer P, infer D2>
    ? D2 extends "float"
      ? NeedsInt<"gather">
      : Outcome<Gathered<S, P, InnerAxis<S, Axis, "gather">>, D>
    : never;
type Gathered<S extends Shape, P extends Shape, At> = At extends string
  ? At
  : number extends At
    ? Dim[]
    : IsDynamicRank<P> extends true
      ? Dim[]
      : SameDim<S[0], P[0]> extends true
        ? Spliced<S, Rest<P>, At>
        : `gather: ${Show<S>} and ${Show<P>} differ in their first axis`;
type Rest<S extends Shape> = S extends readonly [unknown, ...infer Tail extends Shape] ? Tail : [];
type Spliced<S extends Shape, Inner extends Shape, At, Before extends Shape = []> = S extends readonly [
  infer D extends Dim,
  ...infer After extends Shape,
]
  ? Before["length"] extends At
    ? [...Before, ...Inner, ...After]
    : Spliced<After, Inner, At, [...Before, D]>
  : Dim[];

export interface GatherOptions<Axis> {
  /** The batch axis is 0, which stays; negative from the end. @defaultValue 1 */
  readonly axis?: Axis;
}

export const oneHot = defineNode({
  name: "oneHot",
  stem: "oneHot",
  doc: "For each whole number below classes, that many floats: 1 at its place, 0 elsewhere.",
  ports: [{ name: "ids", dtype: "int", below: "classes" }],
  parameters: z.strictObject({ classes: role.structure(size) }),
  positional: ["classes"],
  infer: ([ids], { classes }) => ({ shape: [...ids!.shape, classes], dtype: "float" }),
});

export interface OneHot<Classes extends number> extends Op {
  readonly is: ["oneHot", Classes];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "float"
      ? NeedsInt<"oneHot">
      : Tensor<IsDynamicRank<S> extends true ? Dim[] : [...S, Classes]>
    : never;
  readonly wrong: WrongSize<"oneHot: classes", Classes>;
}

export interface GatherMethods {
  /**
   * In every example, what stands at the given places of an axis.
   *
   * @param places whole numbers from 0 to below the size of the axis; their axes take its place
   * @example x.gather(places) // [batch, 128, 64] and [batch, 3] -> [batch, 3, 64]
   */
  gather<Self, const Places extends AnyTensor, const Axis extends number = 1>(
    this: Self,
    places: Fits<Self, Gather<Places, Axis>, Places>,
    options?: GatherOptions<Axis>,
  ): Then<Self, Gather<Places, Axis>>;
  /**
   * For each whole number a vector of floats: 1 at its place, 0 elsewhere.
   *
   * @param classes how many different numbers there are: they run from 0 to classes - 1
   * @example ids.oneHot(10) // [batch, 16] int -> [batch, 16, 10]
   */
  oneHot<Self, const Classes extends number>(
    this: Self,
    classes: Fits<Self, OneHot<Classes>, Classes>,
  ): Then<Self, OneHot<Classes>>;
}
