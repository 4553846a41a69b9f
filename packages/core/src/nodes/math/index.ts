import type { NodeDefinition } from "../definition.ts";
import { type AddMethod, add } from "./add.ts";

export interface MathMethods extends AddMethod {}

export const mathNodes = { add } satisfies Record<keyof MathMethods, NodeDefinition>;

export type { Add, AddMethod } from "./add.ts";
