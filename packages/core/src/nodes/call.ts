import * as z from "zod";
import type { GraphNode, Params } from "../graph/graph-node.ts";
import { isTensor, nodeOf } from "../graph/handles.ts";
import type { NodeDefinition, Port } from "./definition.ts";
import { ParameterError } from "./errors.ts";
import { checkParameters, isPlain, optionNames, parameterProblem, shown } from "./parameters.ts";
import { isProblem, type Problem, problem } from "./problem.ts";
import { userName } from "./schemas.ts";

/** A call's arguments, sorted and checked. */
export interface Call {
  /** Operands after the first. */
  readonly operands: readonly GraphNode[];
  /** In normal form. */
  readonly params: Params;
  readonly name: string | undefined;
}

const nameOptional = z.object({ name: userName.optional() });
const nameRequired = z.object({ name: userName });

const refusal = (node: string, sentence: string): Problem =>
  problem({ error: ParameterError, node, sentence: `${node}${sentence}` });

/** The tensors of one argument: one, or a list of them where the port takes many. */
const readOperand = (node: string, port: Port, given: unknown): readonly GraphNode[] | Problem => {
  const list: readonly unknown[] = port.many && Array.isArray(given) ? given : [given];
  const wrong = list.find((one) => !isTensor(one));
  const kind = port.many ? "a tensor or a list of tensors" : port.number ? "a tensor or a number" : "a tensor";
  if (wrong !== undefined || !list.every(isTensor))
    return refusal(node, `: ${port.name} must be ${kind}, but it is ${shown(given)}`);
  if (list.length === 0) return refusal(node, `: ${port.name} must be at least one tensor, but the list is empty`);
  return list.map(nodeOf);
};

/** The tensors among the arguments, which come first: one argument for each port after the first. */
const readOperands = (
  { name, ports }: NodeDefinition,
  args: readonly unknown[],
): readonly (readonly GraphNode[])[] | Problem => {
  const operands: (readonly GraphNode[])[] = [];
  for (const [place, port] of ports.slice(1).entries()) {
    if (port.optional) continue;
    if (port.number !== undefined && typeof args[place] === "number") {
      operands.push([]);
      continue;
    }
    const read = readOperand(name, port, args[place]);
    if (isProblem(read)) return read;
    operands.push(read);
  }
  return operands;
};

/** The number in the place of an operand, as the parameter that holds it. */
const readNumber = ({ ports }: NodeDefinition, args: readonly unknown[]): Readonly<Record<string, unknown>> => {
  const place = ports.findIndex(({ number }) => number !== undefined);
  return place > 0 && typeof args[place - 1] === "number" ? { [ports[place]!.number!]: args[place - 1] } : {};
};

const countOf = (most: number): string => (most === 1 ? "1 argument" : `${most || "no"} arguments`);

/** Positional arguments and options as one record, nothing checked but the options' names. */
const collect = (
  definition: NodeDefinition,
  args: readonly unknown[],
  known: readonly string[],
): Readonly<Record<string, unknown>> | Problem => {
  const { name, ports, positional } = definition;
  const most = positional.length + (known.length ? 1 : 0);
  if (args.length > most) {
    const operands = ports.slice(1).filter(({ optional }) => !optional).length;
    return refusal(name, ` takes ${countOf(operands + most)}, but it has ${operands + args.length}`);
  }

  const options = args[positional.length] ?? {};
  if (!isPlain(options)) return refusal(name, `: its options must be an object, but they are ${shown(options)}`);
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined)
    return parameterProblem(name, { code: "unrecognized_keys", keys: [unknown], path: [], message: "" }, known);

  const given = [...positional.map((key, place) => [key, args[place]] as const), ...Object.entries(options)];
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
};

/** Sorts the arguments of a node's method into operands, parameters and a name, and checks them. */
export const readCall = (definition: NodeDefinition, args: readonly unknown[]): Call | Problem => {
  const known = optionNames(definition);
  const positional = readOperands(definition, args);
  if (isProblem(positional)) return positional;
  const given = collect(definition, args.slice(positional.length), known);
  if (isProblem(given)) return given;

  const optional = definition.ports.find((port) => port.optional);
  const { name, [optional?.name ?? ""]: extra, ...options } = given;
  const chosen = { ...options, ...readNumber(definition, args) };
  const more = optional && extra !== undefined ? readOperand(definition.name, optional, extra) : [];
  if (isProblem(more)) return more;
  const named = (definition.named === "always" ? nameRequired : nameOptional).safeParse(
    { name },
    { reportInput: true },
  );
  if (!named.success) return parameterProblem(definition.name, named.error.issues[0]!, known);
  const params = checkParameters(definition, definition.normalise(chosen), known);
  return isProblem(params) ? params : { operands: [...positional.flat(), ...more], params, name: named.data.name };
};
