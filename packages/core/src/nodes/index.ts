import { type AddMethod, add } from "./add.ts";
import { type BatchNormMethod, batchNorm } from "./batch-norm.ts";
import { block } from "./block.ts";
import { type Conv2dMethod, conv2d } from "./conv2d.ts";
import type { Method, NodeDefinition } from "./definition.ts";
import { type DenseMethod, dense } from "./dense.ts";
import { type DropoutMethod, dropout } from "./dropout.ts";
import { type EmbeddingMethod, embedding } from "./embedding.ts";
import { type FlattenMethod, flatten } from "./flatten.ts";
import { input } from "./input.ts";
import { type MaxPoolMethod, maxPool } from "./max-pool.ts";
import { type PipeMethod, pipe } from "./pipe.ts";
import { type ReluMethod, relu } from "./relu.ts";
import { type ResidualMethod, residual } from "./residual.ts";

/** Methods that append a node. */
export interface NodeOps
  extends AddMethod,
    BatchNormMethod,
    Conv2dMethod,
    DenseMethod,
    DropoutMethod,
    EmbeddingMethod,
    FlattenMethod,
    MaxPoolMethod,
    ReluMethod {}

/** Methods that apply blocks. */
export interface BlockOps extends PipeMethod, ResidualMethod {}

/** Every operation, declared once: `this` decides whether a tensor or a longer block comes out. */
export interface Ops extends NodeOps, BlockOps {}

const nodeMethods = {
  add,
  batchNorm,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  maxPool,
  relu,
} satisfies Record<keyof NodeOps, NodeDefinition>;

const blockMethods = { pipe, residual } satisfies Record<keyof BlockOps, Method>;

/** What stands behind the methods of tensors and blocks. */
export const methods: Readonly<Record<keyof Ops, Method>> = { ...nodeMethods, ...blockMethods };

export type NodeType = keyof typeof nodeMethods | "input" | "block";

/** Every kind of node that a document may hold, by its `type`. */
export const nodes: Readonly<Record<NodeType, NodeDefinition>> = { input, block, ...nodeMethods };

/** The definition of a `type`, or undefined. */
export const nodeDefinition = (type: string): NodeDefinition | undefined =>
  Object.hasOwn(nodes, type) ? nodes[type as NodeType] : undefined;

export type { Add, AddMethod } from "./add.ts";
export type { BatchNorm, BatchNormMethod, BatchNormOptions } from "./batch-norm.ts";
export type { Body, Branch, Through } from "./branch.ts";
export { type CatalogueEntry, catalogueEntry } from "./catalogue-entry.ts";
export type { Conv2d, Conv2dMethod, Conv2dOptions } from "./conv2d.ts";
export { defineNode } from "./define-node.ts";
export type { BlockRule, Method, NodeDefinition, NodeSpecification, Port, Step, Surroundings } from "./definition.ts";
export type { Dense, DenseMethod, DenseOptions } from "./dense.ts";
export type { Dropout, DropoutMethod, DropoutOptions } from "./dropout.ts";
export type { Embedding, EmbeddingMethod, EmbeddingOptions } from "./embedding.ts";
export {
  BlockScopeError,
  DTypeError,
  InputCountError,
  type NodeErrorOptions,
  ParameterError,
  ShapeError,
  UnknownOptionError,
  UnknownSizeError,
} from "./errors.ts";
export type { Flatten, FlattenMethod } from "./flatten.ts";
export { inferNode } from "./infer-node.ts";
export type { MaxPool, MaxPoolMethod, MaxPoolOptions } from "./max-pool.ts";
export { checkParameters } from "./parameters.ts";
export type { Pipe, PipeMethod } from "./pipe.ts";
export { isProblem, type Problem, toError } from "./problem.ts";
export type { Relu, ReluMethod } from "./relu.ts";
export type { Residual, ResidualMethod } from "./residual.ts";
export { type Role, role, rolesOf } from "./role.ts";
export { userName } from "./schemas.ts";
export { countParameters, type Weight, type Weights } from "./weights.ts";
export type { AnyWindow, Padding, Sizes, Window } from "./window.ts";
