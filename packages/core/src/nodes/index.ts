import { type ActivationMethods, activationNodes } from "./activation/index.ts";
import { type AttentionMethods, attentionNodes } from "./attention/index.ts";
import { type ConvolutionMethods, convolutionNodes } from "./convolution/index.ts";
import type { Method, NodeDefinition } from "./definition.ts";
import { type MathMethods, mathNodes } from "./math/index.ts";
import { type NormalisationMethods, normalisationNodes } from "./normalisation/index.ts";
import { type OwnLayerMethod, layer as ownLayer } from "./own/apply.ts";
import { layer } from "./own/layer.ts";
import { type PoolingMethods, poolingNodes } from "./pooling/index.ts";
import { type ProjectionMethods, projectionNodes } from "./projection/index.ts";
import { type RecurrentMethods, recurrentNodes } from "./recurrent/index.ts";
import { type ReductionMethods, reductionNodes } from "./reduction/index.ts";
import { type RegularisationMethods, regularisationNodes } from "./regularisation/index.ts";
import { type ResamplingMethods, resamplingNodes } from "./resampling/index.ts";
import { type ShapeMethods, shapeNodes } from "./shape/index.ts";
import { block } from "./structure/block.ts";
import type { BranchMethod } from "./structure/branch.ts";
import { constant } from "./structure/constant.ts";
import { type IdentityMethod, identity } from "./structure/identity.ts";
import { input } from "./structure/input.ts";
import { type ParallelMethod, parallel } from "./structure/parallel.ts";
import { type PipeMethod, pipe } from "./structure/pipe.ts";
import { type RepeatMethod, repeat } from "./structure/repeat.ts";
import { type ResidualMethod, residual } from "./structure/residual.ts";
import type { SplitMethod } from "./structure/split.ts";

/** Methods that append a node. */
export interface NodeOps
  extends ActivationMethods,
    AttentionMethods,
    ConvolutionMethods,
    MathMethods,
    NormalisationMethods,
    PoolingMethods,
    ProjectionMethods,
    RecurrentMethods,
    ReductionMethods,
    RegularisationMethods,
    ResamplingMethods,
    ShapeMethods {}

/** Methods that apply blocks. */
export interface BlockOps
  extends IdentityMethod,
    OwnLayerMethod,
    ParallelMethod,
    PipeMethod,
    RepeatMethod,
    ResidualMethod {}

/** Every operation, declared once: `this` decides whether a tensor or a longer block comes out. */
export interface Ops extends NodeOps, BlockOps, BranchMethod, SplitMethod {}

const nodeMethods = {
  ...activationNodes,
  ...attentionNodes,
  ...convolutionNodes,
  ...mathNodes,
  ...normalisationNodes,
  ...poolingNodes,
  ...projectionNodes,
  ...recurrentNodes,
  ...reductionNodes,
  ...regularisationNodes,
  ...resamplingNodes,
  ...shapeNodes,
} satisfies Record<keyof NodeOps, NodeDefinition>;

const blockMethods = { identity, layer: ownLayer, parallel, pipe, repeat, residual } satisfies Record<
  keyof BlockOps,
  Method
>;

/** What stands behind the methods of tensors and blocks. */
export const methods: Readonly<Record<keyof NodeOps | keyof BlockOps, Method>> = { ...nodeMethods, ...blockMethods };

export type NodeType = keyof typeof nodeMethods | "input" | "block" | "constant" | "layer" | "repeat";

/** Every kind of node that a document may hold, by its `type`. */
export const nodes: Readonly<Record<NodeType, NodeDefinition>> = {
  input,
  block,
  constant,
  layer,
  repeat,
  ...nodeMethods,
};

/** The definition of a `type`, or undefined. */
export const nodeDefinition = (type: string): NodeDefinition | undefined =>
  Object.hasOwn(nodes, type) ? nodes[type as NodeType] : undefined;

export type * from "./activation/index.ts";
export type * from "./attention/index.ts";
export { type CatalogueEntry, catalogueEntry } from "./catalogue-entry.ts";
export type * from "./convolution/index.ts";
export { defineNode } from "./define-node.ts";
export type { BlockRule, Method, NodeDefinition, NodeSpecification, Port, Step, Surroundings } from "./definition.ts";
export {
  DTypeError,
  InputCountError,
  type NodeErrorOptions,
  ParameterError,
  ShapeError,
  UnknownOptionError,
  UnknownSizeError,
} from "./errors.ts";
export type { OverFeatures } from "./features.ts";
export { inferNode } from "./infer-node.ts";
export type * from "./math/index.ts";
export type * from "./normalisation/index.ts";
export { checkParameters } from "./parameters.ts";
export type * from "./pooling/index.ts";
export { isProblem, type Problem, toError } from "./problem.ts";
export type * from "./projection/index.ts";
export type * from "./recurrent/index.ts";
export type * from "./reduction/index.ts";
export type * from "./regularisation/index.ts";
export type * from "./resampling/index.ts";
export { type Role, role, rolesOf } from "./role.ts";
export { userName } from "./schemas.ts";
export type * from "./shape/index.ts";
export type { Body, Branch, Through } from "./structure/body.ts";
export type { BranchMethod } from "./structure/branch.ts";
export type { ConstantValue, NestedValue } from "./structure/constant.ts";
export type { Identity, IdentityMethod } from "./structure/identity.ts";
export type { Bodies, Merge, Parallel, ParallelMethod } from "./structure/parallel.ts";
export type { Pipe, PipeMethod } from "./structure/pipe.ts";
export type { Repeat, RepeatMethod, RepeatOptions } from "./structure/repeat.ts";
export type { Residual, ResidualMethod } from "./structure/residual.ts";
export type { Parts, SplitMethod, SplitOptions } from "./structure/split.ts";
export { countParameters, type Weight, type Weights } from "./weights.ts";
export type { AnyWindow, Padding, Paddings, Rank, Sides, Sizes, Window } from "./window.ts";
