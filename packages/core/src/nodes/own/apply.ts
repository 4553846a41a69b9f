import * as z from "zod";
import { type GraphNode, graphNode, type Params } from "../../graph/graph-node.ts";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Method } from "../definition.ts";
import { ParameterError, ShapeError } from "../errors.ts";
import { inferNode } from "../infer-node.ts";
import { checkParameters, isPlain, parameterProblem, shown } from "../parameters.ts";
import { isProblem, type Problem, problem } from "../problem.ts";
import { userName } from "../schemas.ts";
import type { OwnLayer } from "./define-layer.ts";
import { layer as definition } from "./layer.ts";

const isOwnLayer = (given: unknown): given is OwnLayer => (given as Partial<OwnLayer> | undefined)?.kind === "layer";

const nodeOf = (own: OwnLayer, options: object, name: string | undefined, input: GraphNode): GraphNode | Problem => {
  const { shape, dtype } = input;
  const takes = { shape, dtype };
  const gives = own.infer(takes, options);
  if (typeof gives === "string") return problem({ error: ShapeError, node: name ?? own.name, sentence: gives });
  const { python } = own;
  const given = { layer: own.name, python, options, takes, gives, weights: own.weights(takes, options) };
  const params = checkParameters({ ...definition, name: own.name }, given);
  if (isProblem(params)) return params;
  const value = inferNode(definition, [input], params);
  if (isProblem(value)) return value;
  return graphNode({ type: "layer", params: params as Params, inputs: [input], ...value, name });
};

/** Applies a layer of the user's own. */
export const layer: Method = {
  name: "layer",
  doc: definition.doc,
  step([own, given = {}, ...more], site) {
    const refuse = (sentence: string) => problem({ error: ParameterError, node: "layer", sentence, site });
    if (!isOwnLayer(own)) return refuse(`layer: its layer must be what defineLayer made, but it is ${shown(own)}`);
    if (more.length > 0) return refuse(`layer takes 2 arguments, but it has ${2 + more.length}`);
    if (!isPlain(given)) return refuse(`${own.name}: its options must be an object, but they are ${shown(given)}`);
    const { name, ...rest } = given;
    const named = z.object({ name: userName.optional() }).safeParse({ name }, { reportInput: true });
    if (!named.success) return { ...parameterProblem(own.name, named.error.issues[0]!, []), site };
    const options = checkParameters({ name: own.name, parameters: own.parameters }, rest);
    if (isProblem(options)) return { ...options, site };
    return {
      name: own.name,
      site,
      apply(input, at) {
        const node = nodeOf(own, options, named.data.name, input);
        return isProblem(node) ? { ...node, site: site ?? at } : graphNode({ ...node, site });
      },
    };
  },
};

/** The rule that an own layer was given. */
type RuleOf<L> = L extends { readonly "~rule"?: infer R } ? Extract<R, Op> : Op;
type OptionsOf<L> = L extends { readonly parameters: infer S extends z.ZodObject } ? z.input<S> : object;
interface Named {
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}
type Given<L> = {} extends OptionsOf<L> ? [options?: OptionsOf<L> & Named] : [options: OptionsOf<L> & Named];

export interface OwnLayerMethod {
  /**
   * Applies a layer of the user's own.
   *
   * @param layer what `defineLayer` gave
   * @param options those of the layer, and `name`
   * @example x.layer(scale, { by: 2 }) // defineLayer({ name: "scale", … })
   */
  layer<Self, const L extends OwnLayer<any, any>>(
    this: Self,
    layer: Fits<Self, RuleOf<L>, L>,
    ...options: Given<L>
  ): Then<Self, RuleOf<L>>;
}
