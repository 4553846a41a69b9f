import type { NodeDefinition } from "../definition.ts";
import { type AvgPoolMethod, avgPool } from "./avg-pool.ts";
import { type GlobalPoolMethods, globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { type MaxPoolMethod, maxPool } from "./max-pool.ts";
import { type MinPoolMethod, minPool } from "./min-pool.ts";

export interface PoolingMethods extends AvgPoolMethod, GlobalPoolMethods, MaxPoolMethod, MinPoolMethod {}

export const poolingNodes = { avgPool, globalAvgPool, globalMaxPool, maxPool, minPool } satisfies Record<
  keyof PoolingMethods,
  NodeDefinition
>;

export type { AvgPool, AvgPoolMethod, AvgPoolOptions } from "./avg-pool.ts";
export type { GlobalAvgPool, GlobalMaxPool, GlobalPoolMethods } from "./global-pool.ts";
export type { MaxPool, MaxPoolMethod, MaxPoolOptions } from "./max-pool.ts";
export type { MinPool, MinPoolMethod, MinPoolOptions } from "./min-pool.ts";
export type { Pooling, PoolingOptions, PoolSizes } from "./pooling.ts";
