import { type AnyTensor, type Block, graph, type Tensor } from "@flaxen/core";

/** What cases read. "far" ones have a mean near 1000, "positive" ones lie above 0.5; whole numbers lie below 4. */
export const inputs = {
  row: graph.input("row", [6]),
  otherRow: graph.input("otherRow", [6]),
  table: graph.input("table", [3, 8]),
  otherTable: graph.input("otherTable", [3, 8]),
  longTable: graph.input("longTable", [5, 8]),
  image: graph.input("image", [4, 5, 4]),
  volume: graph.input("volume", [3, 4, 3, 2]),
  farTable: graph.input("farTable", [3, 8]),
  farImage: graph.input("farImage", [4, 5, 4]),
  evenImage: graph.input("evenImage", [2, 4, 3]),
  positiveRow: graph.input("positiveRow", [6]),
  turnedTable: graph.input("turnedTable", [8, 3]),
  column: graph.input("column", [3, 1]),
  ids: graph.input("ids", [3], { dtype: "int" }),
  otherIds: graph.input("otherIds", [3], { dtype: "int" }),
  places: graph.input("places", [2], { dtype: "int" }),
  pairs: graph.input("pairs", [3, 2], { dtype: "int" }),
  maskRow: graph.input("maskRow", [6], { dtype: "int" }),
};
export type InputName = keyof typeof inputs;

/** One node, whose values and gradients are compared with the NumPy function of its name. */
export interface Case {
  /** Its operands, in the order of its ports. */
  readonly operands: readonly [InputName, ...InputName[]];
  /** A block for one operand, else a function of all of them, which adds the one node. */
  readonly node: Block | ((...operands: any[]) => AnyTensor);
  /** Of the largest error of a value, for float32 against float64. */
  readonly tolerance: number;
  /** The same for gradients. @defaultValue tolerance */
  readonly gradients?: number;
}

export type Cases = Readonly<Record<string, Case>>;

export const applied = ({ node, operands }: Case): Tensor => {
  const given = operands.map((name) => inputs[name] as AnyTensor);
  return (typeof node === "function" ? node(...given) : given[0]!.pipe(node as Block<[]>)) as Tensor;
};

export const onRow = (node: Case["node"]): Case => ({ operands: ["row"], node, tolerance: 1e-6 });
export const onTable = (node: Case["node"]): Case => ({ operands: ["table"], node, tolerance: 1e-5 });
export const onImage = (node: Case["node"]): Case => ({ operands: ["image"], node, tolerance: 1e-5 });
// A mean near 1000 is off by as much as float32 is coarse there; gradients of scale and bias sum that up.
const far = { tolerance: 3e-4, gradients: 2e-3 };
export const onFarTable = (node: Case["node"]): Case => ({ operands: ["farTable"], node, ...far });
export const onFarImage = (node: Case["node"]): Case => ({ operands: ["farImage"], node, ...far });
