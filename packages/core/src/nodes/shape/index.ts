import type { NodeDefinition } from "../definition.ts";
import { type ConcatMethod, concat } from "./concat.ts";
import { type ExpandDimsMethods, expandDims, squeeze } from "./expand-dims.ts";
import { type FlattenMethod, flatten } from "./flatten.ts";
import { type GatherMethods, gather, oneHot } from "./gather.ts";
import { type PadMethod, pad } from "./pad.ts";
import { type RepeatVectorMethod, repeatVector } from "./repeat-vector.ts";
import { type ReshapeMethod, reshape } from "./reshape.ts";
import { type SliceMethod, slice } from "./slice.ts";
import { type StackMethod, stack } from "./stack.ts";
import { type TransposeMethod, transpose } from "./transpose.ts";

export interface ShapeMethods
  extends ConcatMethod,
    ExpandDimsMethods,
    FlattenMethod,
    GatherMethods,
    PadMethod,
    RepeatVectorMethod,
    ReshapeMethod,
    SliceMethod,
    StackMethod,
    TransposeMethod {}

export const shapeNodes = {
  concat,
  expandDims,
  flatten,
  gather,
  oneHot,
  pad,
  repeatVector,
  reshape,
  slice,
  squeeze,
  stack,
  transpose,
} satisfies Record<keyof ShapeMethods, NodeDefinition>;

export type { Concat, ConcatMethod, ConcatOptions, Listed } from "./concat.ts";
export type { ExpandDims, ExpandDimsMethods, Squeeze } from "./expand-dims.ts";
export type { Flatten, FlattenMethod } from "./flatten.ts";
export type { Gather, GatherMethods, GatherOptions, OneHot } from "./gather.ts";
export type { Pad, PadMethod, PadMode, PadOptions, PadWidth } from "./pad.ts";
export type { RepeatVector, RepeatVectorMethod } from "./repeat-vector.ts";
export type { Reshape, ReshapeMethod } from "./reshape.ts";
export type { Slice, SliceMethod, SliceOptions } from "./slice.ts";
export type { Stack, StackMethod, StackOptions } from "./stack.ts";
export type { Transpose, TransposeMethod } from "./transpose.ts";
