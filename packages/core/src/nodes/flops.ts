import type { Shape, Value } from "../shapes/index.ts";
import type { Weights } from "./weights.ts";
import { type PaddingParams, reach } from "./window.ts";

/** How many numbers a shape holds; every size must be known. */
export const elements = (shape: Shape): number => shape.reduce<number>((product, size) => product * Number(size), 1);

/** Of a sigmoid or a tanh, which XLA computes as a quotient of polynomials. */
export const activationFlops = 16;

/** A multiplication and an addition for every weight of every matrix, at each position. */
export const contractions = (weights: Weights, positions: number): number => {
  let total = 0;
  for (const { shape, trainable } of Object.values(weights))
    if (trainable && shape.length > 1) total += 2 * elements(shape) * positions;
  return total;
};

/**
 * What most nodes cost: one operation for every number that comes in or goes out, whichever are more; where there are
 * matrices of weights, these at each position, that is for all axes but the last. What only passes values on costs nothing.
 */
export const usualFlops = (passes: boolean, weights: Weights, inputs: readonly Value[], output: Value): number => {
  if (passes) return 0;
  const { shape } = output;
  const products = contractions(weights, elements(shape.slice(0, -1)));
  if (products > 0) return products + elements(shape);
  return Math.max(elements(shape), ...inputs.map((input) => elements(input.shape)));
};

interface Window {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: PaddingParams;
  readonly dilation: readonly number[];
}

const before = (size: number, out: number, window: number, stride: number, padding: PaddingParams, axis: number) => {
  if (padding === "VALID") return 0;
  if (padding === "CAUSAL") return window - 1;
  if (padding === "SAME") return Math.floor(Math.max((out - 1) * stride + window - size, 0) / 2);
  return padding[axis]![0];
};

/** How many cells of all windows along one axis lie in the input and not in its padding. */
const cellsAlong = (size: number, out: number, given: Window, axis: number): number => {
  const [kernel, stride, dilation] = [given.kernel[axis]!, given.stride[axis]!, given.dilation[axis]!];
  const start = before(size, out, Number(reach(kernel, dilation)), stride, given.padding, axis);
  let cells = 0;
  for (let cell = 0; cell < kernel; cell++) {
    const offset = cell * dilation - start;
    const first = Math.max(0, Math.ceil(-offset / stride));
    const last = Math.min(out - 1, Math.floor((size - 1 - offset) / stride));
    cells += Math.max(0, last - first + 1);
  }
  return cells;
};

/** Of a convolution: padding is not counted, as nobody has to multiply with zeros. */
export const windowFlops = (input: Value, output: Value, window: Window, channels: number): number => {
  const axes = window.kernel.map((_, axis) =>
    cellsAlong(Number(input.shape[axis + 1]), Number(output.shape[axis + 1]), window, axis),
  );
  return 2 * axes.reduce((product, cells) => product * cells, 1) * channels * Number(output.shape.at(-1));
};
