import { FlaxenError, type Site } from "@flaxen/errors";
import { deepFreeze } from "../document/json.ts";
import type { GraphNode } from "../graph/graph-node.ts";
import { checkHeadParameters } from "./check-parameters.ts";
import type { AnyHead, HeadDefinition } from "./define-head.ts";
import { metricNamesOf, type OwnMetricDocument, type Score } from "./own/forms.ts";

/** A head's features have a shape or a dtype that it cannot read. */
export class HeadFeaturesError extends FlaxenError {
  static override readonly code = "head-features";
}

/** What a head's function returns: its parameters checked, its features looked at. */
export const createHead = (
  definition: HeadDefinition<any>,
  features: GraphNode | undefined,
  options: { readonly metrics?: readonly Score<OwnMetricDocument>[] | undefined },
  site: Site | undefined,
  source?: GraphNode,
): AnyHead => {
  const use = `head.${definition.type}`;
  if (features === undefined)
    throw new HeadFeaturesError(`${use} needs a tensor. Apply a block to an input first: image.pipe(block)`, { site });
  const params = checkHeadParameters(definition, { loss: definition.losses[0], ...options }, use, site);
  const problem =
    definition.featuresProblem(features, params) ?? (source && definition.sourceProblem?.(source, features, params));
  if (problem !== undefined) throw new HeadFeaturesError(`${use} ${problem}`, { site });
  return Object.freeze({
    type: definition.type,
    params: deepFreeze(params),
    features,
    metrics: Object.freeze(["loss", ...metricNamesOf(params)]),
    site,
  });
};
