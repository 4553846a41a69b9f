import { binary, binaryHead } from "./binary.ts";
import { classification, classificationHead } from "./classification.ts";
import type { HeadDefinition } from "./define-head.ts";
import { multiLabel, multiLabelHead } from "./multi-label.ts";
import { nextToken, nextTokenHead } from "./next-token.ts";
import { reconstruction, reconstructionHead } from "./reconstruction.ts";
import { regression, regressionHead } from "./regression.ts";

/** Every head by its type. */
export const heads = {
  classification: classificationHead,
  binary: binaryHead,
  multiLabel: multiLabelHead,
  regression: regressionHead,
  reconstruction: reconstructionHead,
  nextToken: nextTokenHead,
} satisfies Record<string, HeadDefinition<any>>;

/** What a model predicts from features, and how that is scored. */
export const head = { classification, binary, multiLabel, regression, reconstruction, nextToken } satisfies Record<
  keyof typeof heads,
  unknown
>;
