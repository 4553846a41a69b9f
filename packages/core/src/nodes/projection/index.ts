import type { NodeDefinition } from "../definition.ts";
import { type DenseMethod, dense } from "./dense.ts";
import { type EmbeddingMethod, embedding } from "./embedding.ts";

export interface ProjectionMethods extends DenseMethod, EmbeddingMethod {}

export const projectionNodes = { dense, embedding } satisfies Record<keyof ProjectionMethods, NodeDefinition>;

export type { Dense, DenseMethod, DenseOptions } from "./dense.ts";
export type { Embedding, EmbeddingMethod, EmbeddingOptions } from "./embedding.ts";
