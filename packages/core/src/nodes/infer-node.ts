import { show, type Value } from "../shapes/index.ts";
import { type NodeDefinition, portAt, type Surroundings } from "./definition.ts";
import { DTypeError, InputCountError, ShapeError, UnknownSizeError } from "./errors.ts";
import { type Problem, problem } from "./problem.ts";

const alone: Surroundings = { block: () => undefined };

/** The sentence when an operand's dtype is not its port's. */
const dtypeSentence = ({ name, ports }: NodeDefinition, inputs: readonly Value[]): string | undefined => {
  const first = inputs[0]?.dtype;
  for (const [place, { dtype: given }] of inputs.entries()) {
    const { dtype } = portAt(ports, place)!;
    if (dtype === "same" && given !== first) return `${name}: ${first} and ${given} do not mix`;
    if ((dtype === "float" || dtype === "int") && given !== dtype)
      return `${name} needs ${dtype}, but its input is ${given}`;
  }
  return undefined;
};

/** The sentence when an array that the node owns would have a size that nobody knows yet. */
const sizeSentence = (
  definition: NodeDefinition,
  inputs: readonly Value[],
  params: object,
  surroundings: Surroundings,
): string | undefined => {
  for (const [weight, { shape }] of Object.entries(definition.weights(inputs, params, surroundings)))
    if (shape.some((dim) => typeof dim !== "number"))
      return `${definition.name}: its ${weight}, ${show(shape)}, needs sizes that are known before the data is seen, but its input is ${show(inputs[0]!.shape)}`;
  return undefined;
};

/**
 * Shape and dtype of a node's output, or what is wrong with its inputs.
 *
 * @param params in normal form, as `checkParameters` gives them
 */
export const inferNode = (
  definition: NodeDefinition,
  inputs: readonly Value[],
  params: object,
  surroundings: Surroundings = alone,
): Value | Problem => {
  const { name, ports } = definition;
  const wrong = (error: Problem["error"], sentence: string) => problem({ error, sentence, node: name });
  const last = ports.at(-1);
  const fewest = ports.length - (last?.optional ? 1 : 0);
  if (inputs.length < fewest || (inputs.length > ports.length && !last?.many)) {
    const names = ports.map((port) => `${port.name}${port.optional ? "?" : port.many ? ", ..." : ""}`).join(", ");
    const bound = last?.many ? "at least " : last?.optional ? "at most " : "";
    const count = `${bound}${ports.length || "no"}`;
    const needs = `${count} input${ports.length === 1 ? "" : "s"}${names && ` (${names})`}`;
    return wrong(InputCountError, `${name} needs ${needs}, but it has ${inputs.length}`);
  }
  const dtype = dtypeSentence(definition, inputs);
  if (dtype) return wrong(DTypeError, dtype);
  const value = definition.infer(inputs, params, surroundings);
  if (typeof value === "string") return wrong(ShapeError, value);
  const size = sizeSentence(definition, inputs, params, surroundings);
  return size ? wrong(UnknownSizeError, size) : value;
};
