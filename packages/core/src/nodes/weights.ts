import type { Shape } from "../shapes/index.ts";

/** One array that a node owns. */
export interface Weight {
  /** Sizes that are not numbers cannot be allocated; a node that has one is refused. */
  readonly shape: Shape;
  /** False for statistics that are gathered, not learned. */
  readonly trainable: boolean;
}
/** Name, as in the document -> array. */
export type Weights = Readonly<Record<string, Weight>>;

export const trainable = (...shape: Shape): Weight => ({ shape, trainable: true });
export const statistic = (...shape: Shape): Weight => ({ shape, trainable: false });

/** How many numbers are learned. */
export const countParameters = (weights: Weights): number =>
  Object.values(weights)
    .filter((weight) => weight.trainable)
    .reduce((total, { shape }) => total + shape.reduce<number>((size, dim) => size * Number(dim), 1), 0);
