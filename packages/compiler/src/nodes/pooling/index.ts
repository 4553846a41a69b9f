import type { PoolingMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { avgPool } from "./avg-pool.ts";
import { globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { maxPool } from "./max-pool.ts";

export const poolingPrinters: Record<keyof PoolingMethods, NodePrinter> = {
  avgPool,
  globalAvgPool,
  globalMaxPool,
  maxPool,
};
