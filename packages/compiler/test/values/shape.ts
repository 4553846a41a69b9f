import { type AnyTensor, graph, type Tensor } from "@flaxen/core";
import { type Case, type Cases, type InputName, onImage, onTable } from "./case.ts";

const on = (operands: readonly [InputName, ...InputName[]], node: (...operands: any[]) => AnyTensor): Case => ({
  operands,
  node,
  tolerance: 1e-6,
});

export const shape: Cases = {
  concat: on(["table", "longTable"], (x: Tensor, y: Tensor) => x.concat(y, { axis: 1 })),
  concatThree: on(["row", "otherRow", "positiveRow"], (x: Tensor, y: Tensor, z: Tensor) => x.concat([y, z])),
  stack: on(["row", "otherRow"], (x: Tensor, y: Tensor) => x.stack(y)),
  stackAtEnd: on(["row", "otherRow"], (x: Tensor, y: Tensor) => x.stack([y], { axis: -1 })),
  reshape: onImage(graph.reshape([5, -1])),
  transpose: onImage(graph.transpose()),
  transposeAll: onImage(graph.transpose([0, 3, 1, 2])),
  slice: onImage(graph.slice(1, { start: 1, end: -1 })),
  lastPlaces: onImage(graph.slice(-1, { start: -3 })),
  everyOther: onImage(graph.slice(2, { start: 1, step: 2 })),
  expandDims: onTable(graph.expandDims(1)),
  squeeze: { operands: ["column"], node: graph.squeeze(-1), tolerance: 1e-6 },
  gather: on(["longTable", "places"], (x: any, places: any) => x.gather(places)),
  gatherFeatures: on(["longTable", "places"], (x: any, places: any) => x.gather(places, { axis: -1 })),
  gatherPairs: on(["image", "pairs"], (x: any, pairs: any) => x.gather(pairs)),
  oneHot: { operands: ["ids"], node: graph.oneHot(5), tolerance: 1e-6 },
  pad: onTable(graph.pad([[0, 2], 1])),
  padValue: onTable(graph.pad([1, [2, 0]], { value: 0.5 })),
  padReflect: onTable(graph.pad([2, [0, 3]], { mode: "reflect" })),
  padEdge: onTable(graph.pad([[3, 0], 2], { mode: "edge" })),
  repeatVector: { operands: ["row"], node: graph.repeatVector(3), tolerance: 1e-6 },
};
