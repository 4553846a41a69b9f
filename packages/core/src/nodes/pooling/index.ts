import type { NodeDefinition } from "../definition.ts";
import { type AvgPoolMethod, avgPool } from "./avg-pool.ts";
import { type GlobalPoolMethods, globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { type MaxPoolMethod, maxPool } from "./max-pool.ts";

export interface PoolingMethods extends AvgPoolMethod, GlobalPoolMethods, MaxPoolMethod {}

export const poolingNodes = { avgPool, globalAvgPool, globalMaxPool, maxPool } satisfies Record<
  keyof PoolingMethods,
  NodeDefinition
>;

export type { AvgPool, AvgPoolMethod, AvgPoolOptions } from "./avg-pool.ts";
export type { GlobalAvgPool, GlobalMaxPool, GlobalPoolMethods } from "./global-pool.ts";
export type { MaxPool, MaxPoolMethod, MaxPoolOptions } from "./max-pool.ts";
export type { Pooling } from "./pooling.ts";
