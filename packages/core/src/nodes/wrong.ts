import type { Shape, Show } from "../shapes/index.ts";
import type { Nth } from "./window.ts";

/**
 * Sentences about literal numbers that are wrong wherever they stand, word for word those of the checks at run time; else
 * `Fine`.
 *
 * They are looked up by how a number is written, not decided by a condition: so the number of a type parameter, which
 * nobody knows yet, passes, as `number` does.
 */
interface Said<Sentence> {
  readonly [unclear: string]: Fine;
  readonly [whole: `${bigint}`]: Sentence & Fine;
  readonly [part: `${string}.${string}`]: Sentence & Fine;
}
/** The sentence where the number is literal. What stands in it is looked at only then, which methods with many options need. */
export type Told<N, Sentence> = Said<Sentence>[Written<N>];
/** What is said of a list; nothing where one of its numbers is not known. */
export type ToldOfAll<Given, Sentence> = Given extends readonly [infer First, ...infer Rest]
  ? Told<First, ToldOfAll<Rest, Sentence>>
  : Sentence;
/** Every argument is assignable to it, and a list stays a list beside it, as it would not beside `unknown`. */
export type Fine = NonNullable<unknown>;
/** Names, and options that are left out, are written as a number that is never wrong. */
type Written<N> = `${Numeric<N> & number}`;
type Numeric<N> = N extends number ? N : 1;

/** A number, or those of a list. */
export type Items<Given> = Given extends readonly unknown[] ? Given[number] : Given;

/** What is wrong, or where nothing is, what there is besides. */
export type Unless<Wrong, Besides> = Wrong[] extends string[] ? Wrong : Besides;

/** @param Whole what it must be */
export type WrongSize<Where extends string, N, Whole extends string = "a whole number"> = Told<
  N,
  SizeSentence<Where, Written<N>, Whole>
>;
type SizeSentence<Where extends string, N extends string, Whole extends string> = N extends `${string}.${string}`
  ? `${Where} must be ${Whole}, but it is ${N}`
  : N extends "0" | `-${string}`
    ? `${Where} must be at least 1, but it is ${N}`
    : Fine;

/** One for each axis, or one for all. */
export type WrongSizes<Where extends string, Given> = Given[] extends number[]
  ? WrongSize<`${Where}[0]`, Given>
  : Unless<
      WrongSize<`${Where}[0]`, Nth<Given, 0>>,
      Unless<WrongSize<`${Where}[1]`, Nth<Given, 1>>, WrongSize<`${Where}[2]`, Nth<Given, 2>>>
    >;
/** The same where the rank is not known before the input is. */
export type WrongAxisSizes<Where extends string, Given> = Given[] extends number[]
  ? WrongSize<Where, Given, OfAxes>
  : Unless<ToldOfAll<Given, ListSentence<Where, Given>>, WrongSizes<Where, Given>>;
type ListSentence<Where extends string, Given> =
  WithPart<Given> extends true
    ? `${Where} must be ${OfAxes}, but it is ${Given extends Shape ? Show<Given> : never}`
    : Fine;
type OfAxes = "a whole number of at least 1, or one for each axis";
type WithPart<Given> = Given extends readonly [infer First, ...infer Rest]
  ? Written<First> extends `${string}.${string}`
    ? true
    : WithPart<Rest>
  : false;

/** `Plain` where none of these sentences can be about any of the numbers: so it mostly is, which is quickly seen. */
export type Look<N> = Looks[`${N & number}`];
export interface Plain {
  readonly odd?: undefined;
}
interface Looks {
  readonly [plain: string]: Fine;
  readonly 0: Odd;
  readonly [negative: `-${bigint}`]: Odd;
  readonly [part: `${string}.${string}`]: Odd;
}
interface Odd {
  readonly odd: true;
}

/** Sizes and names, such as those of a shape. */
export type WrongDims<
  Where extends string,
  Given,
  Whole extends string,
  Before extends 0[] = [],
> = Given extends readonly [infer First, ...infer Rest]
  ? Unless<WrongDim<`${Where}[${Before["length"]}]`, First, Whole>, WrongDims<Where, Rest, Whole, [...Before, 0]>>
  : Fine;
type WrongDim<Where extends string, N, Whole extends string> = N[] extends -1[]
  ? Whole extends `${string}-1${string}`
    ? Fine
    : WrongSize<Where, N, Whole>
  : WrongSize<Where, N, Whole>;

/** A whole number of any sign. */
export type WrongWhole<Where extends string, N> = Told<N, PartSentence<Where, Written<N>>>;
type PartSentence<Where extends string, N extends string> = N extends `${string}.${string}`
  ? `${Where} must be a whole number, but it is ${N}`
  : Fine;
/** A number of at least 0. */
export type WrongMagnitude<Where extends string, N> = Told<N, SignSentence<Where, Written<N>>>;
type SignSentence<Where extends string, N extends string> = N extends `-${string}`
  ? `${Where} must be at least 0, but it is ${N}`
  : Fine;
/** A parameter, or what is wrong with it: `Right` is an interface as its sentence is then made once, not for each call. */
export type Checked<Right extends { readonly wrong: unknown }, Parameter> = Right["wrong"][] extends string[]
  ? Right["wrong"]
  : Parameter;
/** From 0 to below 1. */
export interface Share<Where extends string, N> {
  readonly wrong: Told<N, ShareSentence<Where, Written<N>>>;
}
type ShareSentence<Where extends string, N extends string> = N extends `-${string}`
  ? `${Where} must be at least 0, but it is ${N}`
  : N extends `${string}e-${string}`
    ? Fine
    : N extends `${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}${string}`
      ? `${Where} must be less than 1, but it is ${N}`
      : Fine;

/** How many parts, or the sizes of them. */
export type WrongParts<P> =
  SomeWrong<P> extends true
    ? `split: parts must be a whole number of at least 1, or a list of them, but it is ${P extends Shape ? Show<P> : Written<P>}`
    : Fine;
type SomeWrong<P> = P extends readonly [infer First, ...infer Rest]
  ? WrongSize<"", First> extends string
    ? true
    : Rest extends readonly []
      ? false
      : SomeWrong<Rest>
  : P extends readonly unknown[]
    ? P["length"] extends 0
      ? true
      : false
    : WrongSize<"", P> extends string
      ? true
      : false;
