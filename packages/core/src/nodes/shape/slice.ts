import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import {
  type Blur,
  type Dim,
  type InnerAxis,
  innerAxis,
  type LessThan,
  lessThan,
  type Minus,
  minus,
  type Plus,
  plus,
  type Quotient,
  quotient,
  type ReplaceAt,
  replaceAt,
  type Shape,
  type Show,
  type ShowDim,
  show,
} from "../../shapes/index.ts";
import { axis, type Outcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import type { Told, Unless, WrongSize, WrongWhole } from "../wrong.ts";

export const slice = defineNode({
  name: "slice",
  stem: "slice",
  doc: "A part of one axis, from a start to before an end.",
  ports: [{ name: "x", dtype: "any", passes: true }],
  parameters: z.strictObject({
    axis,
    start: axis.default(0),
    /** null is the end of the axis. */
    end: axis.nullable().default(null),
    step: role.structure(size.default(1)),
  }),
  positional: ["axis"],
  infer: ([x], { axis, start, end, step }) => {
    const { shape, dtype } = x!;
    const at = innerAxis(shape, axis, "slice");
    if (typeof at === "string") return at;
    const length = cut(shape[at]!, start, end);
    if (length === undefined) return `slice: ${start} to ${end ?? "end"} is no part of axis ${at} of ${show(shape)}`;
    const kept = step === 1 ? length : quotient(plus(length, step - 1), step);
    return { shape: replaceAt(shape, at, kept), dtype };
  },
});

/** How much lies between two places, of which those below 0 are counted from the end; undefined when nothing does. */
const cut = (size: Dim, start: number, end: number | null): Dim | undefined => {
  const back = start < 0;
  if (lessThan(size, Math.abs(start)) || lessThan(size, Math.abs(end ?? 0))) return undefined;
  if (back && end === null) return -start;
  if (start === 0 && end === null) return size;
  if (end !== null && back === end < 0) return end > start ? end - start : undefined;
  const from = back ? minus(size, -start) : start;
  const to = end === null ? size : end < 0 ? minus(size, -end) : end;
  return lessThan(from, to) || typeof from === "string" || typeof to === "string" ? minus(to, from) : undefined;
};

export interface Slice<Axis extends number, Start extends number, End extends number | null, Step extends number>
  extends Op {
  readonly is: ["slice", Axis, readonly [Start, End, Step]];
  readonly out: this["in"] extends Typed<infer S, infer D>
    ? Outcome<Sliced<S, InnerAxis<S, Axis, "slice">, Start, End, Step>, D>
    : never;
  readonly wrong: Told<
    Axis,
    Unless<
      WrongWhole<"slice: axis", Axis>,
      Unless<WrongWhole<"slice: start", Start>, Unless<WrongWhole<"slice: end", End>, WrongSize<"slice: step", Step>>>
    >
  >;
}
type Sliced<S extends Shape, At, Start, End, Step> = At extends string
  ? At
  : number extends At
    ? Blur<S>
    : Cut<S[At & number], Start, End> extends infer Length
      ? Length[] extends never[]
        ? `slice: ${ShowDim<Start>} to ${End extends null ? "end" : ShowDim<End>} is no part of axis ${ShowDim<At>} of ${Show<S>}`
        : ReplaceAt<S, At, Kept<Length, Step> & Dim>
      : never;
type Kept<Length, Step> = Step extends 1 ? Length : Quotient<Plus<Length, Minus<Step, 1>>, Step>;
/** The places that are counted from the end are told by their sign: -3 is `Back<3>`. */
type Cut<Size, Start, End> = number extends Start
  ? number
  : number extends End
    ? number
    : `${Start & number}` extends `-${infer Back extends number}`
      ? LessThan<Size, Back> extends true
        ? never
        : End extends null
          ? Back
          : `${End & number}` extends `-${infer EndBack extends number}`
            ? LessThan<Size, EndBack> extends true
              ? never
              : NotZero<Minus<Back, EndBack>>
            : LessThan<Size, End> extends true
              ? never
              : NotZero<Minus<End, Minus<Size, Back>>>
      : LessThan<Size, Start> extends true
        ? never
        : End extends null
          ? Start extends 0
            ? Size
            : NotZero<Minus<Size, Start>>
          : `${End & number}` extends `-${infer EndBack extends number}`
            ? LessThan<Size, EndBack> extends true
              ? never
              : NotZero<Minus<Minus<Size, EndBack>, Start>>
            : LessThan<Size, End> extends true
              ? never
              : NotZero<Minus<End, Start>>;
type NotZero<N> = N extends 0 ? never : N;

export interface SliceOptions<Start, End, Step> {
  /** The first place; negative from the end. @defaultValue 0 */
  readonly start?: Start;
  /** The place after the last one; negative from the end. @defaultValue the end of the axis */
  readonly end?: End;
  /** Every step-th place from the start on. @defaultValue 1 */
  readonly step?: Step;
}

export interface SliceMethod {
  /**
   * A part of one axis, at least one place long. Slices of several axes follow one another.
   *
   * @param axis the batch axis is 0, which cannot be cut; negative from the end
   * @example x.slice(1, { end: -1 }) // [batch, 128, 64] -> [batch, 127, 64]
   */
  slice<
    Self,
    const Axis extends number,
    const Start extends number = 0,
    const End extends number | null = null,
    const Step extends number = 1,
  >(
    this: Self,
    axis: Fits<Self, Slice<Axis, Start, End, Step>, Axis>,
    options?: SliceOptions<Start, End, Step>,
  ): Then<Self, Slice<Axis, Start, End, Step>>;
}
