import { inputsOf, inputsProblem } from "../document/block-inputs.ts";
import { appliedBlock } from "../document/block-order.ts";
import { own } from "../document/json.ts";
import type { BlockDocument, ExperimentDocument, ModelDocument, NodeDocument } from "../document/schema.ts";
import { heads } from "../heads/index.ts";
import { type BlockRule, type NodeDefinition, portAt, type Surroundings } from "../nodes/definition.ts";
import { nodeDefinition } from "../nodes/index.ts";
import { inferNode } from "../nodes/infer-node.ts";
import { checkParameters } from "../nodes/parameters.ts";
import { isProblem } from "../nodes/problem.ts";
import type { Value } from "../shapes/index.ts";

/** Whether an edge may be drawn, and if not, why not. */
export type Connection =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** One sentence. */
      readonly reason: string;
      /** The node or head that could not take what it would get. */
      readonly at: string;
    };

export interface ConnectOptions {
  /** Name of the port of `to`. @defaultValue the first that is free, else the first */
  readonly port?: string;
}

interface Edge {
  readonly model: ModelDocument;
  readonly prefix: string;
  readonly nodes: readonly NodeDocument[];
  readonly from: NodeDocument;
  readonly to: NodeDocument;
}

const no = (at: string, reason: string): Connection => ({ ok: false, reason, at });

/** "block/node" is a node of a block. */
const placeOf = (id: string): readonly [prefix: string, id: string] => {
  const slash = id.lastIndexOf("/") + 1;
  return [id.slice(0, slash), id.slice(slash)];
};

const graphOf = (model: ModelDocument, prefix: string): readonly NodeDocument[] | undefined =>
  prefix === "" ? model.nodes : model.blocks[prefix.slice(0, -1)]?.nodes;

const findEdge = (model: ModelDocument, from: string, to: string): Edge | Connection => {
  const [prefix, toId] = placeOf(to);
  const [fromPrefix, fromId] = placeOf(from);
  const nodes = graphOf(model, prefix);
  const target = nodes?.find(({ id }) => id === toId);
  const source = graphOf(model, fromPrefix)?.find(({ id }) => id === fromId);
  if (nodes === undefined || target === undefined) return no(to, `there is no node "${to}".`);
  if (source === undefined) return no(from, `there is no node "${from}".`);
  if (prefix !== fromPrefix)
    return no(to, `"${from}" and "${to}" lie in different graphs: a block reads nothing but its own input.`);
  return { model, prefix, nodes, from: source, to: target };
};

/** The place among the operands of `to` that the edge fills, or why there is none. */
const placeFor = ({ model, to }: Edge, definition: NodeDefinition, port: string | undefined): number | string => {
  const { ports } = definition;
  if (ports.length === 0) return `"${to.id}" (${to.type}) has no ports.`;
  const block = own(model.blocks, appliedBlock(to) ?? "");
  if (block !== undefined && (port === undefined || port === ports[0]!.name))
    return to.inputs.length < inputsOf(block.nodes).length ? to.inputs.length : 0;
  const last = ports.length - 1;
  const open = to.inputs.length < ports.length ? to.inputs.length : ports[last]!.many ? last : 0;
  const place = port === undefined ? open : ports.findIndex(({ name }) => name === port);
  if (place < 0) return `${to.type} has no port "${port}". It has ${ports.map(({ name }) => name).join(", ")}.`;
  return ports[place]!.many ? Math.max(to.inputs.length, place) : place;
};

/** The ids on the way from `to` to `from`, or undefined where there is none. */
const wayBack = ({ nodes, from, to }: Edge): readonly string[] | undefined => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const cameFrom = new Map<string, string | undefined>([[from.id, undefined]]);
  const waiting = [from.id];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (id === to.id) {
      const way: string[] = [];
      for (let step: string | undefined = id; step !== undefined; step = cameFrom.get(step)) way.push(step);
      return way;
    }
    for (const input of byId.get(id)?.inputs ?? [])
      if (!cameFrom.has(input)) {
        cameFrom.set(input, id);
        waiting.push(input);
      }
  }
  return undefined;
};

interface Inferred {
  readonly types: ReadonlyMap<string, Value>;
  /** Node or head -> what is wrong with it. */
  readonly problems: ReadonlyMap<string, string>;
}

/** What every node gives as far as that is known: a document that is being drawn has nodes without operands. */
const inferLoosely = (model: ModelDocument): Inferred => {
  const types = new Map<string, Value>();
  const problems = new Map<string, string>();
  const rules = new Map<string, BlockRule | undefined>();
  const surroundings: Surroundings = { block: (name) => ruleOf(name) };

  const ruleOf = (name: string): BlockRule | undefined => {
    if (rules.has(name) || !Object.hasOwn(model.blocks, name)) return rules.get(name);
    rules.set(name, undefined);
    const block = model.blocks[name]!;
    walk(block.nodes, `${name}/`);
    rules.set(name, blockRule(name, block));
    return rules.get(name);
  };
  const blockRule = (name: string, block: BlockDocument): BlockRule | undefined => {
    const declared = inputsOf(block.nodes).map(({ id }) => types.get(`${name}/${id}`));
    const output = types.get(`${name}/${block.output}`);
    if (declared.length === 0 || !declared.every((value) => value !== undefined) || !output) return undefined;
    return { infer: (inputs) => inputsProblem(name, declared, inputs) ?? output, weights: () => ({}) };
  };
  const walk = (nodes: readonly NodeDocument[], prefix: string): void => {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const seen = new Set<string>();
    const order: NodeDocument[] = [];
    const stack = nodes.map((node) => ({ node, ready: false })).reverse();
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (top.ready) order.push(top.node);
      else if (!seen.has(top.node.id)) {
        seen.add(top.node.id);
        stack.push({ node: top.node, ready: true });
        for (const id of top.node.inputs) if (byId.has(id)) stack.push({ node: byId.get(id)!, ready: false });
      }
    }
    for (const node of order) inferOne(node, prefix);
  };
  const inferOne = (node: NodeDocument, prefix: string): void => {
    const id = prefix + node.id;
    const definition = nodeDefinition(node.type);
    const operands = node.inputs.map((input) => types.get(prefix + input));
    const params = definition && checkParameters(definition, node.params);
    if (definition === undefined || params === undefined || isProblem(params)) return;
    if (operands.length === 0 && definition.ports.length > 0) return;
    if (!operands.every((operand) => operand !== undefined)) return;
    const block = appliedBlock(node);
    if (block !== undefined && ruleOf(block) === undefined) return;
    const value = inferNode(definition, operands, params, surroundings);
    if (isProblem(value)) problems.set(id, value.sentence);
    else types.set(id, value);
  };

  for (const name of Object.keys(model.blocks)) ruleOf(name);
  walk(model.nodes, "");
  for (const { name, type, input, params } of model.heads) {
    const features = types.get(input);
    const definition = Object.hasOwn(heads, type) ? heads[type as keyof typeof heads] : undefined;
    const problem = features && definition?.featuresProblem(features, params as never);
    if (problem !== undefined) problems.set(name, `head "${name}" ${problem}`);
  }
  return { types, problems };
};

const withEdge = ({ model, prefix, nodes, to }: Edge, inputs: readonly string[]): ModelDocument => {
  const changed = nodes.map((node) => (node === to ? { ...node, inputs: [...inputs] } : node));
  if (prefix === "") return { ...model, nodes: changed };
  const name = prefix.slice(0, -1);
  return { ...model, blocks: { ...model.blocks, [name]: { ...model.blocks[name]!, nodes: changed } } };
};

/**
 * Whether what `from` gives may enter a port of `to`: no cycle, the dtype is the port's, and the shapes of `to` and of all
 * that depends on it still go together. What was wrong before the edge is not held against it.
 *
 * The document may be half drawn: nodes without operands, without a head, data or training.
 *
 * @param from id of a node, "block/node" for a node of a block
 * @example canConnect(digits.toJSON(), "image", "dense1") // { ok: false, reason: "dense1: …", at: "dense1" }
 */
export const canConnect = (
  document: ExperimentDocument | ModelDocument,
  from: string,
  to: string,
  { port }: ConnectOptions = {},
): Connection => {
  const model = "model" in document ? document.model : document;
  const edge = findEdge(model, from, to);
  if ("ok" in edge) return edge;
  const definition = nodeDefinition(edge.to.type);
  if (definition === undefined) return no(to, `"${to}": there is no node type "${edge.to.type}".`);
  const place = placeFor(edge, definition, port);
  if (typeof place === "string") return no(to, place);
  const way = wayBack(edge);
  if (way !== undefined)
    return no(to, `${[...way, edge.to.id].join(" -> ")} would be a cycle: "${from}" depends on "${to}".`);
  const before = inferLoosely(model);
  const given = before.types.get(from)?.dtype;
  const { dtype } = portAt(definition.ports, place)!;
  if (given !== undefined && dtype !== given && (dtype === "float" || dtype === "int"))
    return no(to, `${definition.name} needs ${dtype}, but its input is ${given}.`);
  const inputs = [...edge.to.inputs];
  inputs[Math.min(place, inputs.length)] = edge.from.id;
  return compare(before, inferLoosely(withEdge(edge, inputs)), to, inputs.length < fewest(definition));
};

const fewest = ({ ports }: NodeDefinition): number => ports.length - (ports.at(-1)?.optional ? 1 : 0);

/** @param waits whether the node still lacks operands, so that nothing can be said of its shape */
const compare = (before: Inferred, after: Inferred, to: string, waits: boolean): Connection => {
  for (const [id, sentence] of after.problems) {
    if (id === to && waits) continue;
    if (id === to || before.problems.get(id) !== sentence)
      return no(id, id === to ? `${sentence}.` : `"${id}": ${sentence}.`);
  }
  return { ok: true };
};
