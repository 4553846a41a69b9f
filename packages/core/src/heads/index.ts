import { classification, classificationHead } from "./classification.ts";
import type { HeadDefinition } from "./define-head.ts";
import { regression, regressionHead } from "./regression.ts";

/** Every head by its type. */
export const heads = {
  classification: classificationHead,
  regression: regressionHead,
} satisfies Record<string, HeadDefinition<any>>;

/** What a model predicts from features, and how that is scored. */
export const head = { classification, regression } satisfies Record<keyof typeof heads, unknown>;
