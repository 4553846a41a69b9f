import { adamOptimizer } from "./adam.ts";
import { adamwOptimizer } from "./adamw.ts";
import type { OptimizerDefinition } from "./define-optimizer.ts";
import { sgdOptimizer } from "./sgd.ts";

/** Every optimizer by its type. */
export const optimizers = {
  sgd: sgdOptimizer,
  adam: adamOptimizer,
  adamw: adamwOptimizer,
} satisfies Record<string, OptimizerDefinition<any>>;
