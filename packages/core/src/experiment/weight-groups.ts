import type { Site } from "@flaxen/errors";
import { optionError } from "../document/options.ts";
import type { TrainingDocument, TypedDocument } from "../document/schema.ts";
import { createOptimizer, type LearningRate, type Optimizer } from "../training/define-optimizer.ts";
import { optimizers } from "../training/optimizers.ts";
import type { WeightGroup, WeightPatterns } from "./options.ts";

/** Patterns as the document holds them. */
export const patternList = (patterns: WeightPatterns): string[] =>
  typeof patterns === "string" ? [patterns] : [...patterns];

/** Groups as the document holds them: each with the whole of its optimizer. */
export const groupDocuments = (
  groups: readonly WeightGroup[],
  base: Optimizer,
  site: Site | undefined,
): NonNullable<TrainingDocument["groups"]> =>
  groups.map(({ match, optimizer = base, ...overrides }, i) => ({
    match: patternList(match),
    optimizer: overridden(optimizer, overrides, `groups[${i}]`, site),
  }));

const overridden = (
  { type, params }: Optimizer,
  overrides: { readonly learningRate?: LearningRate; readonly weightDecay?: number },
  use: string,
  site: Site | undefined,
): TypedDocument => {
  const definition = optimizers[type as keyof typeof optimizers];
  const { learningRate: own, ...rest } = params as { readonly learningRate: TypedDocument };
  const { learningRate, weightDecay } = overrides;
  if (weightDecay !== undefined && !Object.hasOwn(definition.parameters.shape, "weightDecay"))
    throw optionError(use, `${type} has no weightDecay. Give the group an optimizer that has, such as adamw()`, site);
  const made = createOptimizer(
    definition,
    {
      ...rest,
      ...(weightDecay === undefined ? {} : { weightDecay }),
      learningRate: learningRate ?? ({ kind: "schedule", ...own } as unknown as LearningRate),
    },
    use,
    site,
  );
  return { type, params: made.params as TypedDocument["params"] };
};
