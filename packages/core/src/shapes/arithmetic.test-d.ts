import type { Equal, Expect } from "../../test/expect.ts";
import type { LessThan, Minus, Plus, Product, Quotient, Remainder, Times } from "./arithmetic.ts";

export type Sums = [
  Expect<Equal<Plus<0, 0>, 0>>,
  Expect<Equal<Plus<999, 1>, 1000>>,
  Expect<Equal<Plus<28, 4>, 32>>,
  Expect<Equal<Plus<1, 99999>, 100000>>,
  Expect<Equal<Minus<28, 3>, 25>>,
  Expect<Equal<Minus<1000, 1>, 999>>,
  Expect<Equal<Minus<5, 5>, 0>>,
  Expect<Equal<Minus<3, 5>, never>>,
];

export type Products = [
  Expect<Equal<Times<13, 13>, 169>>,
  Expect<Equal<Times<169, 32>, 5408>>,
  Expect<Equal<Times<0, 7>, 0>>,
  Expect<Equal<Times<99999, 99999>, 9999800001>>,
  Expect<Equal<Product<[224, 224, 64]>, 3211264>>,
  Expect<Equal<Product<[]>, 1>>,
];

export type Quotients = [
  Expect<Equal<Quotient<26, 2>, 13>>,
  Expect<Equal<Quotient<27, 2>, 13>>,
  Expect<Equal<Quotient<3211264, 50176>, 64>>,
  Expect<Equal<Remainder<768, 12>, 0>>,
  Expect<Equal<Remainder<770, 12>, 2>>,
  Expect<Equal<Quotient<7, 0>, number>>,
];

export type Orders = [
  Expect<Equal<LessThan<9, 10>, true>>,
  Expect<Equal<LessThan<10, 9>, false>>,
  Expect<Equal<LessThan<10, 10>, false>>,
];

export type WithoutLiterals = [
  Expect<Equal<Times<number, 3>, number>>,
  Expect<Equal<Times<"time", 3>, number>>,
  Expect<Equal<Product<number[]>, number>>,
  Expect<Equal<Product<["batch", 3]>, number>>,
  Expect<Equal<LessThan<number, 3>, boolean>>,
];
