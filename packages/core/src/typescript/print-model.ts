import { inputsOf } from "../document/block-inputs.ts";
import { appliedBlock, sharedBlock } from "../document/block-order.ts";
import type { Types } from "../document/infer-graph.ts";
import { nameKey } from "../document/names.ts";
import type { ModelDocument, NodeDocument } from "../document/schema.ts";
import { nodeDefinition } from "../nodes/index.ts";
import { bodyName } from "../nodes/structure/repeat.ts";
import { methodArguments } from "./arguments.ts";
import { explicitNames } from "./explicit-names.ts";
import { callOf, type Expression, literal, record, type Statement, source, verbatim } from "./expression.ts";
import type { Identifiers } from "./identifiers.ts";
import { type PrintedGraph, printGraph } from "./print-graph.ts";

/** The model's graph as statements, and what its heads read. */
export interface PrintedModel extends Pick<PrintedGraph, "valueOf"> {
  /** Input -> variable. */
  readonly inputs: ReadonlyMap<string, Expression>;
  /** All that was needed for the values that were asked for. */
  statements(): readonly Statement[];
  usesOwnLayers(): boolean;
}

/** `encoder` of `encoder2`: a block that was applied to several shapes stands in the document once for each. */
const baseNames = (model: ModelDocument, bodies: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const bases = new Map<string, string>();
  for (const name of Object.keys(model.blocks)) {
    const base = name.replace(/[0-9]+$/, "");
    const same = base !== name && bodies.get(base) === bodies.get(name);
    bases.set(name, same || isNumbered(model, name, base) ? base : name);
  }
  return bases;
};

/** Block -> its body without the shapes that it was made for. */
const bodiesOf = (model: ModelDocument): ReadonlyMap<string, string> => {
  const shapeless = (name: string): string => {
    const { nodes, output } = model.blocks[name]!;
    const plain = nodes.map(({ type, params, ...rest }) => ({
      ...rest,
      type,
      params: type === "input" ? {} : appliedBlock({ ...rest, type, params }) ? { ...params, block: "" } : params,
    }));
    return JSON.stringify([plain, output]);
  };
  return new Map(Object.keys(model.blocks).map((name) => [name, shapeless(name)]));
};

/** Whether a block's number was given to it, as another of its name stood before it: its nodes bear the bare name. */
const isNumbered = (model: ModelDocument, name: string, base: string): boolean => {
  if (base === name || !Object.hasOwn(model.blocks, base)) return false;
  const appliers = everyNode(model).filter((node) => node.type === "block" && appliedBlock(node) === name);
  const bears = (id: string, stem: string) => id.startsWith(stem) && /^[1-9][0-9]*$/.test(id.slice(stem.length));
  return appliers.length > 0 && appliers.every(({ id }) => bears(id, base) && !bears(id, name));
};

export const printModel = (model: ModelDocument, types: Types, names: Identifiers): PrintedModel => {
  const bodies = bodiesOf(model);
  const bases = baseNames(model, bodies);
  const sameBody = (block: string, base: string) => bodies.get(block) === bodies.get(base);
  const baseOf = (node: NodeDocument): string | undefined => {
    const block = appliedBlock(node);
    return block === undefined ? undefined : bases.get(block)!;
  };
  const stemOf = (node: NodeDocument): string =>
    node.type === "block" ? baseOf(node)! : nodeDefinition(node.type)!.stem;
  const sharedIn = (nodes: readonly NodeDocument[]) =>
    nodes.flatMap((node) => {
      const block = node.type === "block" ? sharedBlock(node) : undefined;
      return block === undefined ? [] : [[nameKey(block), `block "${block}"`] as const];
    });

  const top: Statement[] = [];
  const made = new Map<Statement[], Map<string, Expression>>();
  const parameters: string[] = [];
  let depth = 0;

  /** Bodies of named blocks that are more than a chain. */
  const deferred = new Set<string>();

  const bodyOf = (block: string, context: readonly Expression[]): Expression => {
    const { nodes, output } = model.blocks[block]!;
    const inputs = inputsOf(nodes).map(({ id }) => id);
    parameters[depth] ??= names.claim(depth === 0 ? "x" : `x${depth + 1}`);
    const parameter = parameters[depth]!;
    depth++;
    const printed = printGraph({
      nodes,
      outputs: [output],
      entries: new Map(inputs.map((id, place) => [id, place === 0 ? verbatim(parameter) : context[place - 1]!])),
      explicit: explicitNames({
        nodes: nodes.map((node) => (inputs.includes(node.id) ? { ...node, inputs: [] } : node)),
        roots: [...inputs, output],
        taken: new Map(sharedIn(nodes)),
        stemOf,
      }),
      names,
      typeOf: (id) => types.get(`${block}/${id}`)!,
      block: blockFor,
      ownLayer,
    });
    const value = printed.valueOf(output);
    depth--;
    const begins = value.kind === "chain" && value.base.kind === "text" && value.base.text === parameter;
    const isChain = begins && printed.looseReads(inputs[0]!) === 0;
    if (isChain && printed.statements.length === 0 && context.length === 0)
      return { ...value, base: verbatim("graph") };
    if (!isChain || printed.statements.length > 0) deferred.add(block);
    return { kind: "arrow", parameter, body: [...printed.statements, { value }] };
  };

  /** A block without a name of its own is written where it is repeated. */
  const isInline = (node: NodeDocument): boolean =>
    node.type === "repeat" && node.params.shared !== true && onlyRepeated(baseOf(node)!) && !isNamed(node);
  const onlyRepeated = (base: string) => !everyNode(model).some((one) => one.type === "block" && baseOf(one) === base);
  const isNamed = (node: NodeDocument): boolean => {
    const wish = bodyName(explicitId(node) ? node.id : undefined);
    const block = appliedBlock(node)!;
    return !(block.startsWith(wish) && /^([2-9]|[1-9][0-9]+)?$/.test(block.slice(wish.length)));
  };
  const explicitId = (node: NodeDocument) => !/^layers[1-9][0-9]*$/.test(node.id);

  const blockFor = (node: NodeDocument, context: readonly Expression[], inner: Statement[]): Expression => {
    const block = appliedBlock(node)!;
    if (isInline(node)) return bodyOf(block, context);
    const base = bases.get(block)!;
    const alike = sameBody(block, base);
    const key = JSON.stringify([alike ? base : block, context]);
    const into = context.length > 0 ? inner : top;
    const inThere = made.get(into) ?? new Map<string, Expression>();
    made.set(into, inThere);
    const known = inThere.get(key);
    if (known) return known;
    const body = bodyOf(block, context);
    const given = [...(node.params.shared === true ? ["shared"] : []), ...(alike ? [] : ["numbered"])];
    const options = given.length ? [record(given.map((option) => [option, literal(true)] as const))] : [];
    const variable = names.claim(base);
    const value: Expression = {
      kind: "chain",
      base: verbatim("graph"),
      calls: [
        { method: deferred.has(block) ? "deferredBlock" : "block", arguments: [literal(base), body, ...options] },
      ],
    };
    into.push({ name: variable, value });
    inThere.set(key, verbatim(variable));
    return verbatim(variable);
  };

  const layers = new Map<string, Expression>();
  const ownLayer = ({ params }: NodeDocument): Expression => {
    const specification = ownSpecification(params);
    const key = JSON.stringify(specification);
    const known = layers.get(key);
    if (known) return known;
    const variable = names.claim(params.layer as string);
    top.push({ name: variable, value: callOf("defineLayer", specification) });
    layers.set(key, verbatim(variable));
    return verbatim(variable);
  };

  const inputs = new Map<string, Expression>();
  for (const node of model.nodes) {
    if (node.type !== "input") continue;
    const variable = names.claim(node.id);
    const definition = nodeDefinition("input")!;
    const given = methodArguments(definition, node, [], node.id);
    top.push({
      name: variable,
      value: { kind: "chain", base: verbatim("graph"), calls: [{ method: "input", arguments: given }] },
    });
    inputs.set(node.id, verbatim(variable));
  }
  const roots = model.heads.map(({ input }) => input);
  const taken = new Map([
    ...model.heads.map(({ name }) => [nameKey(name), `head "${name}"`] as const),
    ...sharedIn(model.nodes),
  ]);
  const printed = printGraph({
    nodes: model.nodes,
    outputs: roots,
    entries: inputs,
    explicit: explicitNames({ nodes: model.nodes, roots, taken, stemOf }),
    names,
    typeOf: (id) => types.get(id)!,
    block: blockFor,
    ownLayer,
  });
  return {
    inputs,
    valueOf: printed.valueOf,
    statements: () => [...top, ...printed.statements],
    usesOwnLayers: () => layers.size > 0,
  };
};

/** What a document knows of a layer of the user's own: its rule as what it gave here. */
const ownSpecification = ({ layer, python, options, takes, gives, weights }: NodeDocument["params"]): Expression => {
  const given = (value: unknown): Expression => ({ kind: "arrow", parameter: "", body: [{ value: literal(value) }] });
  const any = Object.keys(options as object).length > 0;
  return record([
    ["name", literal(layer)],
    ...(any ? [["anyOptions", literal(true)] as const] : []),
    ...(JSON.stringify(takes) === JSON.stringify(gives) ? [] : [["infer", given(gives)] as const]),
    ...(Object.keys(weights as object).length === 0 ? [] : [["weights", given(weights)] as const]),
    ["python", source(python as string)],
  ]);
};

const everyNode = (model: ModelDocument): readonly NodeDocument[] => [
  ...model.nodes,
  ...Object.values(model.blocks).flatMap(({ nodes }) => nodes),
];
