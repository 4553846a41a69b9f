import { appliedBlock } from "../document/block-order.ts";
import type { NodeDocument } from "../document/schema.ts";
import { nodeDefinition } from "../nodes/index.ts";
import type { Value } from "../shapes/index.ts";
import { methodArguments } from "./arguments.ts";
import { type Call, type Expression, literal, record, type Statement, verbatim } from "./expression.ts";
import type { Identifiers } from "./identifiers.ts";
import { findResiduals } from "./residuals.ts";

/** One graph of a document: the model's own, or a block's. */
export interface GraphSource {
  readonly nodes: readonly NodeDocument[];
  /** Ids that are read from outside: by heads, or as a block's output. */
  readonly outputs: readonly string[];
  /** What stands for its inputs. */
  readonly entries: ReadonlyMap<string, Expression>;
  /** Ids that must be given as names. */
  readonly explicit: ReadonlySet<string>;
  readonly names: Identifiers;
  typeOf(id: string): Value;
  /** What `pipe` or `repeat` is called with to apply a block; may add statements before its use. */
  block(node: NodeDocument, context: readonly Expression[], into: Statement[]): Expression;
  /** What `layer` is called with to apply a layer of the user's own. */
  ownLayer(node: NodeDocument): Expression;
}

export interface PrintedGraph {
  /** What an output is called or how it is computed. */
  valueOf(id: string): Expression;
  readonly statements: Statement[];
  /** How often an input is read other than as the beginning of the chain that follows. */
  looseReads(id: string): number;
}

const usesOf = ({ nodes, outputs }: GraphSource): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  for (const id of [...nodes.flatMap(({ inputs }) => inputs), ...outputs]) uses.set(id, (uses.get(id) ?? 0) + 1);
  return uses;
};

/** Ids that blocks read beside their operand: a block is written after what it reads. */
const contextIds = (nodes: readonly NodeDocument[]): ReadonlySet<string> =>
  new Set(nodes.flatMap((node) => (appliedBlock(node) === undefined ? [] : node.inputs.slice(1))));

/** Prints the nodes of one graph: fluent chains, and a variable for what is read more than once. */
export const printGraph = (source: GraphSource): PrintedGraph => {
  const { nodes, entries, explicit, names, typeOf } = source;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const node = (id: string) => byId.get(id)!;
  const counted = usesOf(source);
  const uses = (id: string) => counted.get(id) ?? 0;
  const residuals = findResiduals(nodes, { node, typeOf, uses });
  const absorbed = new Map<string, number>();
  for (const { start, reads } of residuals.values()) absorbed.set(start, Math.max(absorbed.get(start) ?? 1, reads));

  const statements: Statement[] = [];
  const variables = new Map<string, Expression>(entries);

  const operandOf = (id: string): Expression => variables.get(id) ?? chain(id, undefined);
  const nameOf = (id: string) => (explicit.has(id) ? id : undefined);

  const callOf = (one: NodeDocument): Call => {
    const definition = nodeDefinition(one.type)!;
    if (appliedBlock(one) !== undefined) return applicationOf(one);
    if (one.type === "layer") return ownCallOf(one);
    const others = one.inputs.slice(1).map(operandOf);
    return { method: one.type, arguments: methodArguments(definition, one, others, nameOf(one.id)) };
  };

  const ownCallOf = (one: NodeDocument): Call => {
    const name = nameOf(one.id);
    const options = { ...(one.params.options as object), ...(name === undefined ? {} : { name }) };
    const given = Object.keys(options).length > 0 ? [literal(options)] : [];
    return { method: "layer", arguments: [source.ownLayer(one), ...given] };
  };

  const applicationOf = (one: NodeDocument): Call => {
    const block = source.block(one, one.inputs.slice(1).map(operandOf), statements);
    if (one.type === "block") return { method: "pipe", arguments: [block] };
    const name = nameOf(one.id);
    const options = name === undefined ? [] : [record([["name", literal(name)]])];
    return { method: "repeat", arguments: [literal(one.params.times), block, ...options] };
  };

  /** The calls that lead to `end`, from a variable, from `stop`, or from the beginning of a graph. */
  const chain = (end: string, stop: string | undefined): Expression => {
    const calls: Call[] = [];
    let base: Expression | undefined;
    for (let id = end; base === undefined; ) {
      if (id === stop) base = verbatim("graph");
      else if (variables.has(id)) base = variables.get(id)!;
      else {
        const residual = residuals.get(id);
        if (residual) {
          calls.push({ method: "residual", arguments: [chain(node(id).inputs[1]!, residual.start)] });
          id = residual.start;
        } else {
          calls.push(callOf(node(id)));
          const [first] = node(id).inputs;
          if (first === undefined) base = verbatim("graph");
          else id = first;
        }
      }
    }
    return calls.length === 0 ? base : { kind: "chain", base, calls: calls.reverse() };
  };

  const forced = contextIds(nodes);
  for (const { id } of nodes) {
    if (entries.has(id) || uses(id) === 0) continue;
    const read = uses(id) - (absorbed.get(id) ?? 1);
    if (read <= 0 && !forced.has(id)) continue;
    const value = chain(id, undefined);
    const name = names.claim(id);
    statements.push({ name, value });
    variables.set(id, verbatim(name));
  }
  return { valueOf: operandOf, statements, looseReads: (id) => uses(id) - (absorbed.get(id) ?? 1) };
};
