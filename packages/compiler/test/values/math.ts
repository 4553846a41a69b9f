import { type AnyTensor, graph, type Tensor } from "@flaxen/core";
import { type Case, type Cases, type InputName, onRow, onTable } from "./case.ts";

const on = (operands: readonly [InputName, ...InputName[]], node: Case["node"], tolerance = 1e-5): Case => ({
  operands,
  node,
  tolerance,
});
/** Of two rows of floats; the second is positive, so that it divides. */
const onRows = (method: "add" | "divide" | "maximum" | "minimum" | "multiply" | "subtract"): Case =>
  on(["row", "positiveRow"], (x: Tensor, y: Tensor) => x[method](y) as AnyTensor, 1e-6);
const onIds = (method: "equal" | "greater" | "greaterEqual" | "less" | "lessEqual" | "notEqual"): Case =>
  on(["ids", "otherIds"], (x: any, y: any) => x[method](y), 1e-6);
const onPositive = (node: Case["node"]): Case => on(["positiveRow"], node);

/** Where a float crosses a step, a difference quotient is as steep as its width is small. */
const steps = { gradients: Number.POSITIVE_INFINITY };

export const math: Cases = {
  add: onRows("add"),
  divide: onRows("divide"),
  maximum: onRows("maximum"),
  minimum: onRows("minimum"),
  multiply: onRows("multiply"),
  subtract: onRows("subtract"),
  stretched: on(["table", "column"], (x: Tensor, y: Tensor) => x.multiply(y)),
  addNumber: onRow(graph.add(1.5)),
  divideNumber: onRow(graph.divide(-3)),
  maximumNumber: onRow(graph.maximum(0.25)),
  minimumNumber: onRow(graph.minimum(-1)),
  multiplyNumber: onRow(graph.multiply(0.5)),
  subtractNumber: onRow(graph.subtract(2)),
  wholeNumber: on(["ids"], graph.multiply(7), 1e-6),
  equal: onIds("equal"),
  greater: onIds("greater"),
  greaterEqual: onIds("greaterEqual"),
  less: onIds("less"),
  lessEqual: onIds("lessEqual"),
  notEqual: onIds("notEqual"),
  aboveNumber: { ...onTable(graph.greater(0.5)), ...steps },
  aboveZero: on(["ids"], graph.greater(0), 1e-6),
  where: on(["row", "maskRow", "otherRow"], (x: Tensor, mask: any, y: Tensor) => x.where(mask, y), 1e-6),
  whereNumber: on(["row", "maskRow"], (x: Tensor, mask: any) => x.where(mask, -9), 1e-6),
  abs: onRow(graph.abs()),
  castIds: on(["ids"], graph.cast("float"), 1e-6),
  castRow: { ...onTable(graph.cast("int")), ...steps },
  clip: onRow(graph.clip(-2, 3)),
  cos: onRow(graph.cos()),
  log: onPositive(graph.log()),
  negate: onRow(graph.negate()),
  power: onPositive(graph.power(2.5)),
  cube: onRow(graph.power(3)),
  sin: onRow(graph.sin()),
  sqrt: onPositive(graph.sqrt()),
  square: onRow(graph.square()),
  // NumPy's slope is of the values, which stay.
  stopGradient: { ...onRow(graph.stopGradient()), gradients: Number.POSITIVE_INFINITY },
  dot: on(["table", "otherTable"], (x: Tensor, y: Tensor) => x.dot(y)),
  matmul: on(["table", "turnedTable"], (x: any, y: any) => x.matmul(y)),
  einsum: on(["table", "longTable"], (x: any, y: any) => x.einsum("bij,bkj->bik", y)),
  turnedEinsum: on(["table", "longTable"], (x: any, y: any) => x.einsum("bij,bkj->bki", [y])),
};
