import { type ActivationMethods, activationNodes } from "./activation/index.ts";
import { type ConvolutionMethods, convolutionNodes } from "./convolution/index.ts";
import type { Method, NodeDefinition } from "./definition.ts";
import { type MathMethods, mathNodes } from "./math/index.ts";
import { type NormalisationMethods, normalisationNodes } from "./normalisation/index.ts";
import { type PoolingMethods, poolingNodes } from "./pooling/index.ts";
import { type ProjectionMethods, projectionNodes } from "./projection/index.ts";
import { type RegularisationMethods, regularisationNodes } from "./regularisation/index.ts";
import { type ShapeMethods, shapeNodes } from "./shape/index.ts";
import { block } from "./structure/block.ts";
import { input } from "./structure/input.ts";
import { type PipeMethod, pipe } from "./structure/pipe.ts";
import { type ResidualMethod, residual } from "./structure/residual.ts";

/** Methods that append a node. */
export interface NodeOps
  extends ActivationMethods,
    ConvolutionMethods,
    MathMethods,
    NormalisationMethods,
    PoolingMethods,
    ProjectionMethods,
    RegularisationMethods,
    ShapeMethods {}

/** Methods that apply blocks. */
export interface BlockOps extends PipeMethod, ResidualMethod {}

/** Every operation, declared once: `this` decides whether a tensor or a longer block comes out. */
export interface Ops extends NodeOps, BlockOps {}

const nodeMethods = {
  ...activationNodes,
  ...convolutionNodes,
  ...mathNodes,
  ...normalisationNodes,
  ...poolingNodes,
  ...projectionNodes,
  ...regularisationNodes,
  ...shapeNodes,
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

export type * from "./activation/index.ts";
export { type CatalogueEntry, catalogueEntry } from "./catalogue-entry.ts";
export type * from "./convolution/index.ts";
export { defineNode } from "./define-node.ts";
export type { BlockRule, Method, NodeDefinition, NodeSpecification, Port, Step, Surroundings } from "./definition.ts";
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
export { inferNode } from "./infer-node.ts";
export type * from "./math/index.ts";
export type * from "./normalisation/index.ts";
export { checkParameters } from "./parameters.ts";
export type * from "./pooling/index.ts";
export { isProblem, type Problem, toError } from "./problem.ts";
export type * from "./projection/index.ts";
export type * from "./regularisation/index.ts";
export { type Role, role, rolesOf } from "./role.ts";
export { userName } from "./schemas.ts";
export type * from "./shape/index.ts";
export type { Body, Branch, Through } from "./structure/branch.ts";
export type { Pipe, PipeMethod } from "./structure/pipe.ts";
export type { Residual, ResidualMethod } from "./structure/residual.ts";
export { countParameters, type Weight, type Weights } from "./weights.ts";
export type { AnyWindow, Padding, Sizes, Window } from "./window.ts";
