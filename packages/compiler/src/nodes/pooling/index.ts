import type { PoolingMethods } from "@flaxen/core";
import type { NodePrinter } from "../printer.ts";
import { globalAvgPool, globalMaxPool } from "./global-pool.ts";
import { avgPool, maxPool, minPool } from "./pool.ts";

export const poolingPrinters: Record<keyof PoolingMethods, NodePrinter> = {
  avgPool,
  globalAvgPool,
  globalMaxPool,
  maxPool,
  minPool,
};
