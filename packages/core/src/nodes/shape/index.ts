import type { NodeDefinition } from "../definition.ts";
import { type FlattenMethod, flatten } from "./flatten.ts";

export interface ShapeMethods extends FlattenMethod {}

export const shapeNodes = { flatten } satisfies Record<keyof ShapeMethods, NodeDefinition>;

export type { Flatten, FlattenMethod } from "./flatten.ts";
