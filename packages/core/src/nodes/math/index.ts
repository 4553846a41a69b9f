import type { NodeDefinition } from "../definition.ts";
import { type AddMethod, add } from "./add.ts";
import { type ArithmeticMethods, divide, maximum, minimum, multiply, subtract } from "./arithmetic.ts";
import { type ComparisonMethods, equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.ts";
import { type EinsumMethod, einsum } from "./einsum.ts";
import { dot, matmul, type ProductMethods } from "./products.ts";
import {
  abs,
  cast,
  clip,
  cos,
  log,
  negate,
  power,
  sin,
  sqrt,
  square,
  stopGradient,
  type UnaryMethods,
} from "./unary.ts";
import { type WhereMethod, where } from "./where.ts";

export interface MathMethods
  extends AddMethod,
    ArithmeticMethods,
    ComparisonMethods,
    EinsumMethod,
    ProductMethods,
    UnaryMethods,
    WhereMethod {}

export const mathNodes = {
  abs,
  add,
  cast,
  clip,
  cos,
  divide,
  dot,
  einsum,
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  matmul,
  maximum,
  minimum,
  multiply,
  negate,
  notEqual,
  power,
  sin,
  sqrt,
  square,
  stopGradient,
  subtract,
  where,
} satisfies Record<keyof MathMethods, NodeDefinition>;

export type { Add, AddMethod } from "./add.ts";
export type * from "./arithmetic.ts";
export type * from "./comparison.ts";
export type { Einsum, EinsumMethod } from "./einsum.ts";
export type { FloatPairwise, IntPairwise, Operand, Pairwise } from "./pairwise.ts";
export type { Dot, Matmul, ProductMethods } from "./products.ts";
export type * from "./unary.ts";
export type { Where, WhereMethod } from "./where.ts";
