import { type Shape, show, type Value } from "@flaxen/core";

/** "[batch, 14, 14, 64]" where a statement gives a shape that nothing it reads has. */
export const shapeComment = (read: readonly Value[], given: Value): string | undefined =>
  read.some(({ shape }) => show(shape) === show(given.shape)) ? undefined : show(given.shape);

/** What a head gives for features of this shape. */
export const withLast = (shape: Shape, last: number): Shape => [...shape.slice(0, -1), last];
