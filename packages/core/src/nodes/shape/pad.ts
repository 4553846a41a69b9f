import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type IsDynamicRank,
  type LessThan,
  lessThan,
  type Plus,
  plus,
  type Shape,
  type Show,
  type ShowDim,
  show,
} from "../../shapes/index.ts";
import type { Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import type { Fine, Items, Look, Plain, Told, Unless, WrongMagnitude, WrongWhole } from "../wrong.ts";

/** For one axis: how much on both sides, or before and after. */
export type PadWidth = number | readonly [before: number, after: number];
export type PadMode = "constant" | "reflect" | "edge";

const width = z.int().min(0);

export const pad = defineNode({
  name: "pad",
  stem: "pad",
  doc: "More places before and after those of every axis but the batch axis.",
  ports: [{ name: "x", dtype: "float" }],
  parameters: z.strictObject({
    /** Before and after, for every axis after the batch axis. */
    widths: role.structure(
      z.array(z.tuple([width, width], { error: "must be a whole number of at least 0, or two of them" })),
    ),
    mode: role.structure(z.enum(["constant", "reflect", "edge"]).default("constant")),
    /** What constant padding holds. */
    value: role.structure(z.number().default(0)),
  }),
  positional: ["widths"],
  normalise: ({ widths, ...given }) => ({
    ...given,
    widths: Array.isArray(widths) ? widths.map((one) => (typeof one === "number" ? [one, one] : one)) : widths,
  }),
  infer: ([x], { widths, mode }) => {
    const [batch, ...dims] = x!.shape as readonly [Dim, ...Dim[]];
    if (dims.length !== widths.length)
      return `pad: ${widths.length} widths are not one for each axis after the batch axis of ${show(x!.shape)}`;
    for (const [place, dim] of dims.entries())
      for (const one of widths[place]!)
        if (mode === "reflect" && one > 0 && !lessThan(one, dim) && typeof dim === "number")
          return `pad: axis ${place + 1} of ${show(x!.shape)} is too short to reflect ${one} places`;
    return { shape: [batch, ...dims.map((dim, i) => plus(plus(dim, widths[i]![0]), widths[i]![1]))], dtype: "float" };
  },
});

export interface Pad<Widths extends readonly PadWidth[], Mode> extends Op {
  readonly is: ["pad", Widths, readonly [Mode]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? D extends "int"
      ? "pad needs float, but its input is int"
      : Outcome<PadShape<S, Widths, Mode>, "float">
    : never;
  readonly wrong: Told<Widths["length"], Look<Items<Widths[number]>> extends Plain ? Fine : WrongWidths<Widths>>;
}
type WrongWidths<Widths, Before extends 0[] = []> = Widths extends readonly [infer First, ...infer Rest]
  ? Unless<WrongWidth<`pad: widths[${Before["length"]}]`, First>, WrongWidths<Rest, [...Before, 0]>>
  : Fine;
type WrongWidth<Where extends string, Given> = Unless<
  WrongCells<`${Where}[0]`, Side<Given, 0>>,
  WrongCells<`${Where}[1]`, Side<Given, 1>>
>;
type WrongCells<Where extends string, N> = Unless<WrongWhole<Where, N>, WrongMagnitude<Where, N>>;
type PadShape<S extends Shape, Widths extends readonly unknown[], Mode> =
  IsDynamicRank<S> extends true
    ? Dim[]
    : number extends Widths["length"]
      ? Dim[]
      : S extends readonly [infer Batch extends Dim, ...infer Dims extends Shape]
        ? Dims["length"] extends Widths["length"]
          ? TooShort<Dims, Widths, Mode, S> extends infer Misfit
            ? Misfit[] extends never[]
              ? Padded<Dims, Widths, [Batch]>
              : Misfit
            : never
          : `pad: ${Widths["length"]} widths are not one for each axis after the batch axis of ${Show<S>}`
        : Dim[];
type Side<Width, Place extends 0 | 1> = Width extends readonly unknown[] ? Width[Place] : Width;
type Padded<Dims extends Shape, Widths, Out extends Shape> = Dims extends readonly [
  infer D,
  ...infer Rest extends Shape,
]
  ? Widths extends readonly [infer Width, ...infer More]
    ? Padded<Rest, More, [...Out, Wider<D, Side<Width, 0>, Side<Width, 1>> & Dim]>
    : Out
  : Out;
type Wider<D, Before, After> = Before extends 0
  ? After extends 0
    ? Plus<D, 0>
    : Plus<D, After>
  : Plus<Plus<D, Before>, After>;
/** The sentence for the first axis that has too little to reflect, else `never`. */
type TooShort<Dims extends Shape, Widths, Mode, S extends Shape, Seen extends 0[] = [0]> = Mode extends "reflect"
  ? Dims extends readonly [infer D, ...infer Rest extends Shape]
    ? Widths extends readonly [infer Width, ...infer More]
      ? Reflects<D, Side<Width, 0>> extends true
        ? Reflects<D, Side<Width, 1>> extends true
          ? TooShort<Rest, More, Mode, S, [...Seen, 0]>
          : `pad: axis ${Seen["length"]} of ${Show<S>} is too short to reflect ${ShowDim<Side<Width, 1>>} places`
        : `pad: axis ${Seen["length"]} of ${Show<S>} is too short to reflect ${ShowDim<Side<Width, 0>>} places`
      : never
    : never
  : never;
type Reflects<D, Width> = Width extends 0 ? true : LessThan<Width, D> extends false ? false : true;

export interface PadOptions<Mode> {
  /** "constant" adds one value, "reflect" mirrors about the edge, "edge" repeats it. @defaultValue "constant" */
  readonly mode?: Mode;
  /** What constant padding holds. @defaultValue 0 */
  readonly value?: number;
}

export interface PadMethod {
  /**
   * More places before and after those of every axis but the batch axis.
   *
   * @param widths for each axis after the batch axis a number for both sides, or `[before, after]`
   * @example x.pad([1, 1, 0], { mode: "reflect" }) // [batch, 28, 28, 3] -> [batch, 30, 30, 3]
   */
  pad<Self, const Widths extends readonly PadWidth[], const Mode extends PadMode = "constant">(
    this: Self,
    widths: Fits<Self, Pad<Widths, Mode>, Widths>,
    options?: PadOptions<Mode>,
  ): Then<Self, Pad<Widths, Mode>>;
}
