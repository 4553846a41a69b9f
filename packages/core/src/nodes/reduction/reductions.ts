import type { Fits, Then } from "../../graph/op.ts";
import { type Axes, type FloatReduce, type Reduce, type ReduceOptions, reduction } from "./reduce.ts";

export const mean = reduction("mean", "The mean along axes.", "float");
export const sum = reduction("sum", "The sum along axes.", "any");
export const max = reduction("max", "The largest value along axes.", "any");
export const min = reduction("min", "The smallest value along axes.", "any");
export const logSumExp = reduction("logSumExp", "log(sum(exp(x))) along axes.", "float");
export const norm = reduction("norm", "The square root of the sum of squares along axes.", "float");

export interface Mean<A extends Axes, Keep> extends FloatReduce<"mean", A, Keep> {}
export interface Sum<A extends Axes, Keep> extends Reduce<"sum", A, Keep> {}
export interface Max<A extends Axes, Keep> extends Reduce<"max", A, Keep> {}
export interface Min<A extends Axes, Keep> extends Reduce<"min", A, Keep> {}
export interface LogSumExp<A extends Axes, Keep> extends FloatReduce<"logSumExp", A, Keep> {}
export interface Norm<A extends Axes, Keep> extends FloatReduce<"norm", A, Keep> {}

/** Each reduces one axis or several; every axis but the batch axis when none is given. */
export interface PlainReductionMethods {
  /**
   * The mean along axes.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   * @example x.mean(1) // [batch, 128, 64] -> [batch, 64]
   */
  mean<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, Mean<A, Keep>, Self> : Self,
    axes?: Fits<Self, Mean<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, Mean<A, Keep>>;
  /**
   * The sum along axes.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   * @example x.sum(-1) // [batch, 128, 64] -> [batch, 128]
   */
  sum<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, Sum<A, Keep>, Self> : Self,
    axes?: Fits<Self, Sum<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, Sum<A, Keep>>;
  /**
   * The largest value along axes; equal ones share the gradient.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   * @example x.max([1, 2]) // [batch, 8, 8, 64] -> [batch, 64]
   */
  max<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, Max<A, Keep>, Self> : Self,
    axes?: Fits<Self, Max<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, Max<A, Keep>>;
  /**
   * The smallest value along axes; equal ones share the gradient.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   */
  min<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, Min<A, Keep>, Self> : Self,
    axes?: Fits<Self, Min<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, Min<A, Keep>>;
  /**
   * log(sum(exp(x))) along axes, without overflow.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   */
  logSumExp<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, LogSumExp<A, Keep>, Self> : Self,
    axes?: Fits<Self, LogSumExp<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, LogSumExp<A, Keep>>;
  /**
   * The Euclidean length along axes: the square root of the sum of squares. The gradient of length 0 is 0.
   *
   * @param axes one or several; the batch axis is 0, which stays; negative from the end. All others when left out.
   * @example x.divide(x.norm(-1, { keepDims: true })) // [batch, 64]: vectors of length 1
   */
  norm<Self, const A extends Axes = null, const Keep extends boolean = false>(
    this: A extends null ? Fits<Self, Norm<A, Keep>, Self> : Self,
    axes?: Fits<Self, Norm<A, Keep>, A>,
    options?: ReduceOptions<Keep>,
  ): Then<Self, Norm<A, Keep>>;
}
