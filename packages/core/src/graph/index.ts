export { type Graph, graph, type InputOptions } from "./graph.ts";
export { type BlockDefinition, type GraphNode, graphNode, type Json, type Params } from "./graph-node.ts";
export { isBlock, isTensor, nodeKey, nodeOf } from "./handles.ts";
export type { BlockOptions, NamedBlock } from "./named-block.ts";
export type { Apply, Fits, Op, Run, Then } from "./op.ts";
export type { AnyTensor, Block, IntTensor, Tensor, TensorOf, Typed } from "./tensor.ts";
export { tensorOf } from "./values.ts";
