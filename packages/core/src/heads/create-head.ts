import { FlaxenError, type Site } from "@flaxen/errors";
import { UnknownMetricError } from "../document/errors.ts";
import { deepFreeze } from "../document/json.ts";
import { checkOptions, optionError } from "../document/options.ts";
import type { GraphNode } from "../graph/graph-node.ts";
import type { AnyHead, HeadDefinition } from "./define-head.ts";

/** A head's features have a shape or a dtype that it cannot read. */
export class HeadFeaturesError extends FlaxenError {
  static override readonly code = "head-features";
}

/** What a head's function returns: its parameters checked, its features looked at. */
export const createHead = (
  definition: HeadDefinition<any>,
  features: GraphNode | undefined,
  options: { readonly metrics?: readonly string[] | undefined },
  site: Site | undefined,
): AnyHead => {
  const use = `head.${definition.type}`;
  if (features === undefined)
    throw new HeadFeaturesError(`${use} needs a tensor. Apply a block to an input first: image.pipe(block)`, { site });
  const params = checkOptions(definition.parameters, { loss: definition.losses[0], ...options }, use, site);
  for (const metric of params.metrics as readonly string[]) {
    const problem = metricProblem(definition, metric, params);
    if (problem === "unknown") throw new UnknownMetricError(use, metric, definition.metrics, { site });
    if (problem !== undefined) throw optionError(use, problem, site);
  }
  const problem = definition.featuresProblem(features, params);
  if (problem !== undefined) throw new HeadFeaturesError(`${use} ${problem}`, { site });
  return Object.freeze({
    type: definition.type,
    params: deepFreeze(params),
    features,
    metrics: Object.freeze(["loss", ...params.metrics]),
    site,
  });
};

/** "unknown", a sentence, or undefined where the head can report the metric. */
export const metricProblem = (
  definition: HeadDefinition<any>,
  metric: string,
  params: Readonly<Record<string, unknown>>,
): string | undefined => {
  const known = definition.metrics.some((name) =>
    name.endsWith("{k}") ? new RegExp(`^${name.slice(0, -3)}[1-9][0-9]*$`).test(metric) : name === metric,
  );
  return known ? definition.metricProblem?.(metric, params) : "unknown";
};
