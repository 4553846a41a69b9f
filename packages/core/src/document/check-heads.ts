import { HeadFeaturesError, metricProblem } from "../heads/create-head.ts";
import type { HeadDefinition } from "../heads/define-head.ts";
import { heads as definitions } from "../heads/index.ts";
import type { Value } from "../shapes/index.ts";
import { HeadWithoutLossError, UnknownHeadError, UnknownMetricError } from "./errors.ts";
import { own } from "./json.ts";
import { checkOptions, optionError } from "./options.ts";
import type { HeadDocument } from "./schema.ts";
import type { Sites } from "./sites.ts";

/** The definition of a head's type; throws where there is none. */
export const headDefinition = ({ name, type }: HeadDocument, sites: Sites = {}): HeadDefinition<any> => {
  const definition = own<HeadDefinition<any>>(definitions, type);
  if (definition === undefined) throw new UnknownHeadError(name, type, Object.keys(definitions), { site: sites[name] });
  return definition;
};

/** Checks a head's type, loss, parameters, metrics. Gives it with its parameters in normal form. */
export const checkHead = (head: HeadDocument, sites: Sites): HeadDocument => {
  const { name, type, input } = head;
  const site = sites[name];
  const use = `head "${name}"`;
  const definition = headDefinition(head, sites);
  const { loss } = head.params;
  if (loss === undefined || loss === null) throw new HeadWithoutLossError(name, definition.losses, { site });
  const params = checkOptions(definition.parameters, head.params, use, site) as HeadDocument["params"];
  for (const metric of params.metrics as readonly string[]) {
    const problem = metricProblem(definition, metric, params);
    if (problem === "unknown") throw new UnknownMetricError(use, metric, definition.metrics, { site });
    if (problem !== undefined) throw optionError(use, problem, site);
  }
  return { name, type, input, params };
};

/** Throws where a head cannot read the features that it names. */
export const checkFeatures = (head: HeadDocument, features: Value, sites: Sites): void => {
  const problem = headDefinition(head, sites).featuresProblem(features, head.params);
  if (problem !== undefined) throw new HeadFeaturesError(`head "${head.name}" ${problem}`, { site: sites[head.name] });
};
