import type {
  AddDigits,
  DivideDigits,
  LessDigits,
  MultiplyDigits,
  Reverse,
  SubtractDigits,
  ToNumber,
} from "./digits.ts";

/** Natural numbers in types. Total: an operand that is not a literal natural number gives `number`. */
type IsNatural<N> = [N] extends [number]
  ? number extends N
    ? false
    : `${N}` extends `-${string}` | `${string}.${string}` | `${string}e${string}`
      ? false
      : true
  : false;
type AreNatural<A, B> = IsNatural<A> extends true ? IsNatural<B> : false;
type Text<N> = `${N & number}`;
type Reversed<N> = Reverse<Text<N>>;

export type Plus<A, B> = AreNatural<A, B> extends true ? ToNumber<AddDigits<Reversed<A>, Reversed<B>>> : number;
/** `never` below zero. */
export type Minus<A, B> =
  AreNatural<A, B> extends true
    ? LessDigits<Text<A>, Text<B>> extends true
      ? never
      : ToNumber<SubtractDigits<Reversed<A>, Reversed<B>>>
    : number;
export type Times<A, B> = AreNatural<A, B> extends true ? ToNumber<MultiplyDigits<Reversed<A>, Reversed<B>>> : number;
type DivMod<A, B> =
  AreNatural<A, B> extends true
    ? B extends 0
      ? [number, number]
      : DivideDigits<Text<A>, Text<B>> extends [infer Q extends string, infer R extends string]
        ? [ToNumber<Q>, ToNumber<R>]
        : never
    : [number, number];
/** Rounded down; `number` for a division by zero, which the run time refuses. */
export type Quotient<A, B> = DivMod<A, B>[0];
export type Remainder<A, B> = DivMod<A, B>[1];
export type LessThan<A, B> = AreNatural<A, B> extends true ? LessDigits<Text<A>, Text<B>> : boolean;
export type Product<Sizes extends readonly unknown[], Total = 1> = Sizes extends readonly [infer First, ...infer Rest]
  ? Product<Rest, Times<Total, First>>
  : Sizes extends readonly []
    ? Total
    : number;
