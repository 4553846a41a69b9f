import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type Divides,
  divides,
  type IsDynamicRank,
  type Product,
  product,
  type Quotient,
  quotient,
  type SameDim,
  type Shape,
  type Show,
  sameDim,
  show,
  type Times,
} from "../../shapes/index.ts";
import type { Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { Fine, Look, Plain, Told, ToldOfAll, Unless, WrongDims } from "../wrong.ts";

const axisName = z.string().regex(/^(?!batch$)[A-Za-z][A-Za-z0-9_]*$/, {
  error: 'must be a name such as "time" (not "batch": that axis stays as it is)',
});
const dim = z.union([size, z.literal(-1), axisName], {
  error: 'must be a whole number of at least 1, -1, or a name such as "time"',
});

export const reshape = defineNode({
  name: "reshape",
  stem: "reshape",
  doc: "The same values in another shape of every example; the batch axis stays.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({
    /** Of one example: without the batch axis. */
    shape: role.structure(
      z.array(dim).refine((dims) => dims.filter((one) => one === -1).length < 2, "must hold -1 once at most"),
    ),
  }),
  positional: ["shape"],
  infer: ([x], { shape: target }) => {
    const [batch, ...rest] = x!.shape as readonly [Dim, ...Dim[]];
    for (const name of target.filter((one) => typeof one === "string")) {
      const at = rest.indexOf(name);
      if (at < 0) return `reshape: ${show(x!.shape)} has no axis ${name}`;
      rest.splice(at, 1);
    }
    const left = product(rest);
    const wanted = product(target.filter((one) => typeof one === "number" && one !== -1));
    const open = target.includes(-1);
    if (open ? !divides(wanted, left) : !sameDim(wanted, left))
      return `reshape: ${show(x!.shape)} does not fit into ${show([batch, ...target])}`;
    const shape = [batch, ...target.map((one) => (one === -1 ? quotient(left, wanted) : one))];
    return { shape, dtype: x!.dtype };
  },
});

export interface Reshape<To extends Shape> extends Op {
  readonly is: ["reshape", To];
  readonly out: this["in"] extends Typed<infer S, infer D> ? Outcome<Reshaped<S, To>, D> : never;
  readonly wrong: Told<To["length"], Look<To[number]> extends Plain ? Fine : WrongTarget<To>>;
}
type WrongTarget<To extends Shape> = Unless<
  WrongDims<"reshape: shape", To, 'a whole number of at least 1, -1, or a name such as "time"'>,
  ToldOfAll<To, Opens<To> extends readonly [0, 0, ...0[]] ? TwoOpen<To> : Fine>
>;
type TwoOpen<To extends Shape> = `reshape: shape must hold -1 once at most, but it is ${Show<To>}`;
/** An entry for each -1. */
type Opens<To, Found extends 0[] = []> = To extends readonly [infer D, ...infer Rest]
  ? Opens<Rest, D[] extends -1[] ? [...Found, 0] : Found>
  : Found;
type Reshaped<S extends Shape, To extends Shape> =
  IsDynamicRank<To> extends true
    ? Dim[]
    : S extends readonly [infer Batch extends Dim, ...infer Rest extends Shape]
      ? IsDynamicRank<S> extends true
        ? [Batch, ...Filled<To, number>]
        : WithoutNames<Rest, To, S> extends infer Left
          ? Left extends readonly Dim[]
            ? Refilled<Batch, To, Product<Left>, Wanted<To>, S>
            : Left
          : never
      : [Dim, ...Filled<To, number>];
type Refilled<Batch extends Dim, To extends Shape, Left, Size, S extends Shape> = -1 extends To[number]
  ? Divides<Size, Left> extends true
    ? [Batch, ...Filled<To, Quotient<Left, Size>>]
    : `reshape: ${Show<S>} does not fit into ${Show<[Batch, ...To]>}`
  : SameDim<Size, Left> extends true
    ? [Batch, ...To]
    : `reshape: ${Show<S>} does not fit into ${Show<[Batch, ...To]>}`;
/** The axes that are not named in the target, or the sentence when a name there is no axis here. */
type WithoutNames<Rest extends Shape, To, S extends Shape> = To extends readonly [infer D, ...infer More]
  ? D extends string
    ? Without<Rest, D> extends infer Left
      ? Left extends Shape
        ? WithoutNames<Left, More, S>
        : D extends "batch"
          ? `reshape: leave out "batch": that axis stays as it is`
          : `reshape: ${Show<S>} has no axis ${D}`
      : never
    : WithoutNames<Rest, More, S>
  : Rest;
type Without<Rest extends Shape, Name extends string, Before extends Shape = []> = Rest extends readonly [
  infer D extends Dim,
  ...infer More extends Shape,
]
  ? D extends Name
    ? [...Before, ...More]
    : Without<More, Name, [...Before, D]>
  : false;
/** The product of the sizes of the target. */
type Wanted<To, Total = 1> = To extends readonly [infer D, ...infer Rest]
  ? Wanted<Rest, D extends -1 | string ? Total : Times<Total, D>>
  : Total;
type Filled<To extends Shape, Open> = {
  -readonly [K in keyof To]: To[K] extends -1 ? Open & Dim : To[K];
} extends infer Out extends Shape
  ? Out
  : never;

export interface ReshapeMethod {
  /**
   * The same values in another shape; the batch axis stays.
   *
   * @param shape of one example, without the batch axis: sizes, names of axes that stay, and once at most -1, which
   * takes what is left
   * @example x.reshape([7, 7, -1]) // [batch, 3136] -> [batch, 7, 7, 64]
   * @example x.reshape(["time", 8, 8]) // [batch, time, 64] -> [batch, time, 8, 8]
   */
  reshape<Self, const To extends Shape>(this: Self, shape: Fits<Self, Reshape<To>, To>): Then<Self, Reshape<To>>;
}
