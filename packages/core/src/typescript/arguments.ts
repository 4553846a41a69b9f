import { canonicalJson } from "../document/json.ts";
import type { NodeDocument } from "../document/schema.ts";
import { type NodeDefinition, portAt } from "../nodes/definition.ts";
import { checkParameters, optionNames } from "../nodes/parameters.ts";
import { isProblem } from "../nodes/problem.ts";
import { type Expression, list, literal, record, verbatim } from "./expression.ts";

type Given = Readonly<Record<string, unknown>>;

/** The parameters that a document would hold if a method were called with these; undefined where it would refuse. */
type Resolve = (given: Given) => unknown;

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** One number for a list of equal ones, if that means the same. */
const shortOf = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item === value[0]) ? value[0] : value;

/** The fewest and shortest arguments that resolve to these parameters: defaults are left out. */
export const fewestArguments = (params: Given, resolve: Resolve): Given => {
  const means = (given: Given) => same(resolve(given), params);
  let given: Given = params;
  for (const key of Object.keys(params)) {
    const { [key]: value, ...others } = given;
    if (means(others)) given = others;
    else if (means({ ...given, [key]: shortOf(value) })) given = { ...given, [key]: shortOf(value) };
  }
  return given;
};

const resolver =
  (definition: NodeDefinition): Resolve =>
  (given) => {
    const params = checkParameters(definition, definition.normalise(given));
    return isProblem(params) ? undefined : params;
  };

/** What a call gives for a node's ports after the first, which stands before the dot. */
const operandArguments = (definition: NodeDefinition, operands: readonly Expression[], given: Given) => {
  const byPort = new Map<string, Expression[]>();
  for (const [place, operand] of operands.entries()) {
    const { name } = portAt(definition.ports, place + 1)!;
    byPort.set(name, [...(byPort.get(name) ?? []), operand]);
  }
  for (const { name, number } of definition.ports)
    if (number !== undefined && Object.hasOwn(given, number)) byPort.set(name, [literal(given[number])]);
  const ports = definition.ports.slice(1).filter(({ name }) => byPort.has(name));
  const operandsOf = (name: string): Expression => {
    const given = byPort.get(name)!;
    return given.length === 1 ? given[0]! : list(given);
  };
  return {
    positional: ports.filter(({ optional }) => !optional).map(({ name }) => operandsOf(name)),
    options: ports.filter(({ optional }) => optional).map(({ name }) => [name, operandsOf(name)] as const),
  };
};

/** The arguments of the method that makes a node, as its definition sorts them. */
export const methodArguments = (
  definition: NodeDefinition,
  { params }: NodeDocument,
  operands: readonly Expression[],
  name: string | undefined,
): readonly Expression[] => {
  const given: Given = { ...fewestArguments(params, resolver(definition)), ...(name === undefined ? {} : { name }) };
  const others = operandArguments(definition, operands, given);
  const named = optionNames(definition)
    .filter((key) => Object.hasOwn(given, key))
    .map((key) => [key, literal(given[key])] as const);
  const options = [...others.options, ...named];
  const positional = definition.positional.map((key) =>
    Object.hasOwn(given, key) ? literal(given[key]) : verbatim("undefined"),
  );
  const last = options.length
    ? positional.length
    : positional.findLastIndex((item) => item.kind !== "text" || item.text !== "undefined") + 1;
  const [first, second] = [others.positional, positional.slice(0, last)];
  const inOrder = definition.parametersFirst ? [...second, ...first] : [...first, ...second];
  return [...inOrder, ...(options.length ? [record(options)] : [])];
};
