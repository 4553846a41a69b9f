import { type ActivationMethods, activations } from "./activations.ts";
import { type AddMethod, add } from "./add.ts";
import { type AvgPoolMethod, avgPool } from "./avg-pool.ts";
import { type BatchNormMethod, batchNorm } from "./batch-norm.ts";
import { block } from "./block.ts";
import { type CeluMethod, celu } from "./celu.ts";
import { type Conv2dMethod, conv2d } from "./conv2d.ts";
import type { Method, NodeDefinition } from "./definition.ts";
import { type DenseMethod, dense } from "./dense.ts";
import { type DropoutMethod, dropout } from "./dropout.ts";
import { type EluMethod, elu } from "./elu.ts";
import { type EmbeddingMethod, embedding } from "./embedding.ts";
import { type FlattenMethod, flatten } from "./flatten.ts";
import { type GeluMethod, gelu } from "./gelu.ts";
import { type GlobalPoolMethods, globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { type GluMethod, glu } from "./glu.ts";
import { type GroupNormMethod, groupNorm } from "./group-norm.ts";
import { input } from "./input.ts";
import { type LayerNormMethod, layerNorm } from "./layer-norm.ts";
import { type LeakyReluMethod, leakyRelu } from "./leaky-relu.ts";
import { type MaxPoolMethod, maxPool } from "./max-pool.ts";
import { type PipeMethod, pipe } from "./pipe.ts";
import { type Relu6Method, relu6 } from "./relu6.ts";
import { type ResidualMethod, residual } from "./residual.ts";
import { type RmsNormMethod, rmsNorm } from "./rms-norm.ts";
import { logSoftmax, type SoftmaxMethods, softmax } from "./softmax.ts";
import { type ThresholdMethod, threshold } from "./threshold.ts";

/** Methods that append a node. */
export interface NodeOps
  extends ActivationMethods,
    AddMethod,
    AvgPoolMethod,
    BatchNormMethod,
    CeluMethod,
    Conv2dMethod,
    DenseMethod,
    DropoutMethod,
    EluMethod,
    EmbeddingMethod,
    FlattenMethod,
    GeluMethod,
    GlobalPoolMethods,
    GluMethod,
    GroupNormMethod,
    LayerNormMethod,
    LeakyReluMethod,
    MaxPoolMethod,
    Relu6Method,
    RmsNormMethod,
    SoftmaxMethods,
    ThresholdMethod {}

/** Methods that apply blocks. */
export interface BlockOps extends PipeMethod, ResidualMethod {}

/** Every operation, declared once: `this` decides whether a tensor or a longer block comes out. */
export interface Ops extends NodeOps, BlockOps {}

const nodeMethods = {
  ...activations,
  add,
  avgPool,
  batchNorm,
  celu,
  conv2d,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  gelu,
  globalAvgPool,
  globalMaxPool,
  glu,
  groupNorm,
  layerNorm,
  leakyRelu,
  logSoftmax,
  maxPool,
  relu6,
  rmsNorm,
  softmax,
  threshold,
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

export type * from "./activations.ts";
export type { Add, AddMethod } from "./add.ts";
export type { AvgPool, AvgPoolMethod, AvgPoolOptions } from "./avg-pool.ts";
export type { BatchNorm, BatchNormMethod, BatchNormOptions } from "./batch-norm.ts";
export type { Body, Branch, Through } from "./branch.ts";
export { type CatalogueEntry, catalogueEntry } from "./catalogue-entry.ts";
export type { Celu, CeluMethod, CeluOptions } from "./celu.ts";
export type { Conv2d, Conv2dMethod, Conv2dOptions } from "./conv2d.ts";
export { defineNode } from "./define-node.ts";
export type { BlockRule, Method, NodeDefinition, NodeSpecification, Port, Step, Surroundings } from "./definition.ts";
export type { Dense, DenseMethod, DenseOptions } from "./dense.ts";
export type { Dropout, DropoutMethod, DropoutOptions } from "./dropout.ts";
export type { Elementwise } from "./elementwise.ts";
export type { Elu, EluMethod, EluOptions } from "./elu.ts";
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
export type { OverFeatures } from "./features.ts";
export type { Flatten, FlattenMethod } from "./flatten.ts";
export type { Gelu, GeluMethod, GeluOptions } from "./gelu.ts";
export type { GlobalAvgPool, GlobalMaxPool, GlobalPoolMethods } from "./global-pool.ts";
export type { Glu, GluMethod } from "./glu.ts";
export type { GroupNorm, GroupNormMethod, GroupNormOptions } from "./group-norm.ts";
export { inferNode } from "./infer-node.ts";
export type { LayerNorm, LayerNormMethod, LayerNormOptions } from "./layer-norm.ts";
export type { LeakyRelu, LeakyReluMethod, LeakyReluOptions } from "./leaky-relu.ts";
export type { MaxPool, MaxPoolMethod, MaxPoolOptions } from "./max-pool.ts";
export { checkParameters } from "./parameters.ts";
export type { Pipe, PipeMethod } from "./pipe.ts";
export type { Pooling } from "./pooling.ts";
export { isProblem, type Problem, toError } from "./problem.ts";
export type { Relu6, Relu6Method } from "./relu6.ts";
export type { Residual, ResidualMethod } from "./residual.ts";
export type { RmsNorm, RmsNormMethod, RmsNormOptions } from "./rms-norm.ts";
export { type Role, role, rolesOf } from "./role.ts";
export { userName } from "./schemas.ts";
export type { LogSoftmax, Softmax, SoftmaxMethods } from "./softmax.ts";
export type { Threshold, ThresholdMethod, ThresholdOptions } from "./threshold.ts";
export { countParameters, type Weight, type Weights } from "./weights.ts";
export type { AnyWindow, Padding, Sizes, Window } from "./window.ts";
