import type { Remainder } from "./arithmetic.ts";
import { type Dim, type SameDim, type Shape, sameDim, unknownSize } from "./shape.ts";

/** Arithmetic at run time, the twin of `arithmetic.ts`: a name or an unknown size gives an unknown size. */
const onNumbers =
  (operation: (a: number, b: number) => number) =>
  (a: Dim, b: Dim): Dim =>
    typeof a === "number" && typeof b === "number" ? operation(a, b) : unknownSize;

export const plus = onNumbers((a, b) => a + b);
export const minus = onNumbers((a, b) => a - b);
export const times = onNumbers((a, b) => a * b);
/** Rounded down. */
export const quotient = onNumbers((a, b) => Math.floor(a / b));
export const remainder = onNumbers((a, b) => a % b);
export const product = (dims: Shape): Dim => dims.reduce(times, 1);
export const lessThan = (a: Dim, b: Dim): boolean => typeof a === "number" && typeof b === "number" && a < b;

/** True unless A surely does not divide B. */
export type Divides<A, B> = SameDim<Remainder<B, A>, 0>;
export const divides = (a: Dim, b: Dim): boolean => sameDim(remainder(b, a), 0);
