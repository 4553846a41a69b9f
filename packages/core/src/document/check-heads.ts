import { checkHeadParameters } from "../heads/check-parameters.ts";
import { HeadFeaturesError } from "../heads/create-head.ts";
import type { HeadDefinition } from "../heads/define-head.ts";
import { heads as definitions } from "../heads/index.ts";
import { HeadWithoutLossError, UnknownHeadError } from "./errors.ts";
import type { Types } from "./infer-graph.ts";
import { own } from "./json.ts";
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
  const params = checkHeadParameters(definition, head.params, use, site) as HeadDocument["params"];
  return { name, type, input, params };
};

/** Throws where a head cannot read the features that it names, or the input that it learns from. */
export const checkFeatures = (head: HeadDocument, types: Types, sites: Sites, inputs: ReadonlySet<string>): void => {
  const { name, input, params } = head;
  const definition = headDefinition(head, sites);
  const refuse = (problem: string | undefined): void => {
    if (problem !== undefined) throw new HeadFeaturesError(`head "${name}" ${problem}`, { site: sites[name] });
  };
  const features = types.get(input)!;
  refuse(definition.featuresProblem(features, params));
  if (definition.sourceProblem === undefined) return;
  const of = params.of as string;
  if (!inputs.has(of)) refuse(`learns from the input "${of}", which the model does not have`);
  refuse(definition.sourceProblem(types.get(of)!, features, params));
};
