import { limits } from "../document/limits.ts";
import { type Shape, show, type Value } from "../shapes/index.ts";
import { type NodeDefinition, portAt, type Surroundings } from "./definition.ts";
import { DTypeError, InputCountError, ShapeError, TooLargeError, UnknownSizeError } from "./errors.ts";
import { type Problem, problem } from "./problem.ts";
import type { Weights } from "./weights.ts";

/** A graph without named blocks. */
export const alone: Surroundings = { block: () => undefined };

/** The sentence when an operand's dtype is not its port's. */
const dtypeSentence = ({ name, ports }: NodeDefinition, inputs: readonly Value[]): string | undefined => {
  const first = inputs[0]?.dtype;
  for (const [place, { dtype: given }] of inputs.entries()) {
    const { dtype, optional, name: port } = portAt(ports, place)!;
    if (optional && dtype !== "any" && dtype !== "same" && given !== dtype)
      return `${name}: its ${port} must be ${dtype}, but it is ${given}`;
    if (dtype === "same" && given !== first) return `${name}: ${first} and ${given} do not mix`;
    if ((dtype === "float" || dtype === "int") && given !== dtype)
      return `${name} needs ${dtype}, but its input is ${given}`;
  }
  return undefined;
};

/** The sentence when an array that the node owns would have a size that nobody knows yet. */
const sizeSentence = ({ name }: NodeDefinition, [x]: readonly Value[], weights: Weights): string | undefined => {
  for (const [weight, { shape }] of Object.entries(weights))
    if (shape.some((dim) => typeof dim !== "number"))
      return `${name}: its ${weight}, ${show(shape)}, needs sizes that are known before the data is seen, but its input is ${show(x!.shape)}`;
  return undefined;
};

const numbersIn = (shape: Shape): number =>
  shape.reduce<number>((numbers, dim) => (typeof dim === "number" ? numbers * dim : numbers), 1);

/** The sentence when an array would hold more numbers than any machine has room for. */
const largeSentence = ({ name }: NodeDefinition, output: Value, weights: Weights): string | undefined => {
  for (const [array, { shape }] of [["output", output] as const, ...Object.entries(weights)]) {
    const numbers = numbersIn(shape);
    if (numbers > limits.numbers)
      return `${name}: its ${array}, ${show(shape)}, would hold ${numbers.toExponential(1)} numbers; ${limits.numbers.toExponential(1)} is the most`;
  }
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
  const fewest = ports.length - (last?.optional || last?.number ? 1 : 0);
  if (inputs.length < fewest || (inputs.length > ports.length && !last?.many)) {
    const names = ports.map((port) => `${port.name}${port.optional ? "?" : port.many ? ", ..." : ""}`).join(", ");
    const bound = last?.many ? "at least " : last?.optional ? "at most " : "";
    const count = `${bound}${ports.length || "no"}`;
    const needs = `${count} input${ports.length === 1 ? "" : "s"}${names && ` (${names})`}`;
    return wrong(InputCountError, `${name} needs ${needs}, but it has ${inputs.length}`);
  }
  const number = last?.number;
  if (number !== undefined && number in params !== inputs.length < ports.length)
    return wrong(InputCountError, `${name} needs either the input ${last!.name} or the parameter ${number}`);
  const dtype = dtypeSentence(definition, inputs);
  if (dtype) return wrong(DTypeError, dtype);
  const value = definition.infer(inputs, params, surroundings);
  if (typeof value === "string") return wrong(ShapeError, value);
  const weights = definition.weights(inputs, params, surroundings);
  const size = sizeSentence(definition, inputs, weights);
  if (size) return wrong(UnknownSizeError, size);
  const large = largeSentence(definition, value, weights);
  return large ? wrong(TooLargeError, large) : value;
};
