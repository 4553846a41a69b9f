import type { HeadDocument, NodeDocument, Value } from "@flaxen/core";
import type { NodeContext, PrintedClass } from "../nodes/printer.ts";
import { scope, snakeCase } from "../python/names.ts";
import { moduleNames } from "../python/reserved.ts";
import {
  assign,
  attribute,
  boolean,
  conditional,
  dotted,
  type Expression,
  marked,
  name,
  type Parameter,
  returns,
  type Statement,
  when,
} from "../python/tree.ts";
import { attributesOf, printerOf } from "./attributes.ts";
import { type Group, groupNodes, rootOf } from "./groups.ts";
import { mentionsIn } from "./mentions.ts";
import { type OptionalPart, placeOf, withoutPart } from "./optional-part.ts";
import { ordered } from "./order.ts";
import { shapeComment } from "./shapes.ts";
import { assignVariables } from "./variables.ts";

/** One class of model.py: the model itself or a named block. */
export interface ModuleSource {
  readonly className: string;
  readonly nodes: readonly NodeDocument[];
  typeOf(id: string): Value;
  /** The node's name in the source map. */
  markOf(id: string): string;
  hyperparameter(id: string, parameter: string): Expression;
  block(name: string): PrintedClass;
  /** Ids of the nodes that `__call__` gives back. */
  readonly outputs: readonly string[];
  /** What a model's heads add; without it `__call__` returns the one output as it is. */
  readonly heads?: {
    readonly documents: readonly HeadDocument[];
    print(valueFor: (id: string) => Expression, attributes: ReadonlyMap<string, string>): Heads;
  };
  /** What the block has or lacks, printed as a class for both would have it. */
  readonly part?: OptionalPart | undefined;
}

export interface Heads {
  readonly constructed: readonly Statement[];
  readonly returned: Returned;
}
type Returned = Extract<Statement, { kind: "return" }>;
type Assignment = Extract<Statement, { kind: "assign" }>;

export interface PrintedModule extends Omit<PrintedClass, "construct"> {
  readonly name: string;
  readonly statement: Extract<Statement, { kind: "class" }>;
  /** Input -> argument of `__call__`. */
  readonly inputs: ReadonlyMap<string, string>;
}

interface Line {
  readonly id: string;
  /** Of the one statement that makes it; undefined where it takes several. */
  readonly value: Expression | undefined;
  readonly statements: readonly Statement[];
  readonly comment: string | undefined;
}

/** Prints a class: its attributes in the order of the graph, then the lines of `__call__`. */
export const printModule = (source: ModuleSource): PrintedModule => {
  const { part } = source;
  const documents = new Map(ordered(source.nodes).map((node) => [node.id, node]));
  const layers = [...documents.values()].filter(({ type }) => type !== "input");
  const { nodes: attributes, heads: headAttributes } = attributesOf(layers, source.heads?.documents);
  const common = part && withoutPart({ nodes: [...source.nodes], output: source.outputs[0]! }, part);
  const nodes = common ? ordered(common.nodes) : [...documents.values()];
  const outputs = common ? [common.output] : source.outputs;
  const inner = nodes.filter(({ type }) => type !== "input");
  const names = scope(moduleNames);
  const inputs = new Map(
    nodes.filter(({ type }) => type === "input").map(({ id }) => [id, names.claim(snakeCase(id))]),
  );
  const groups = groupNodes(inner, outputs, part?.from);
  const place = part ? placeOf(part, groups) : -1;
  const besides = part?.besides.map((id) => ({ id, statement: place }));
  const isWhole = (id: string) => source.typeOf(id).dtype === "int";
  const variables = assignVariables(inputs, groups, outputs, names, besides, isWhole);
  const valueFor = (id: string) => name(variables.get(id)!);
  const loopVariables = new Map<string, string>();
  const loopVariable = (wish: string): string => {
    const claimed = loopVariables.get(wish) ?? names.claim(wish);
    loopVariables.set(wish, claimed);
    return claimed;
  };
  const contextOf = (node: NodeDocument): NodeContext<any> => ({
    params: node.params,
    inputs: documents.get(node.id)!.inputs.map(source.typeOf),
    output: source.typeOf(node.id),
    self: attribute(name("self"), attributes.get(node.id) ?? ""),
    hyperparameter: (parameter) => source.hyperparameter(node.id, parameter),
    block: source.block,
    loopVariable,
  });

  const made = new Set<string>();
  const construct = (node: NodeDocument): readonly Statement[] => {
    const own = attributes.get(node.id);
    if (own === undefined || made.has(own)) return [];
    made.add(own);
    const value = printerOf(node).construct!(contextOf(node));
    return [assign(dotted(`self.${own}`), marked(source.markOf(node.id), value))];
  };
  const isPart = ({ id }: NodeDocument) => part?.nodes.some((node) => node.id === id) ?? false;
  const flag = attribute(name("self"), part?.flag ?? "");
  const constructed = layers
    .filter((node) => !isPart(node))
    .flatMap((node) => [
      ...construct(node),
      ...(part?.after === node.id ? [when(flag, ...part.nodes.flatMap(construct))] : []),
    ]);
  const printed = (node: NodeDocument, operands: readonly Expression[]) =>
    marked(source.markOf(node.id), printerOf(node).call(contextOf(node), operands));
  const commentOf = (group: Group): string | undefined => {
    const read = group
      .flatMap(({ id }) => documents.get(id)!.inputs)
      .filter((operand) => !group.some((node) => node.id === operand));
    return shapeComment(read.map(source.typeOf), source.typeOf(rootOf(group).id));
  };
  const lines = groups.map((group): Line => {
    const root = rootOf(group);
    const { id } = root;
    const variable = variables.get(id)!;
    const several = printerOf(root).statements;
    if (several) {
      const [first, ...others] = root.inputs.map(valueFor);
      const mark = (value: Expression) => marked(source.markOf(id), value);
      const begin =
        root.inputs[0] !== undefined && variables.get(root.inputs[0]) === variable ? [] : [assign(variable, first!)];
      const rest = several(contextOf(root), name(variable), others, mark);
      return { id, value: undefined, statements: [...begin, ...rest], comment: undefined };
    }
    const value = nested(group, valueFor, printed);
    const comment = commentOf(group);
    return { id, value, statements: [assign(variable, value, comment)], comment };
  });

  const heads = source.heads?.print(valueFor, headAttributes);
  const partLines = part && printPart(part, valueFor, printed, commentOf);
  const conditionally =
    partLines && place === lines.length ? inReturnIf(flag, partLines, valueFor(part.from)) : undefined;
  const { kept, returned } = heads
    ? { kept: lines, returned: heads.returned }
    : conditionally
      ? { kept: lines, returned: conditionally }
      : inReturn(lines, outputs[0]!, valueFor);
  const statements = kept.map((line) => line.statements);
  if (partLines && !conditionally) statements.splice(place, 0, [when(flag, ...partLines)]);
  const body = [...statements.flat(), returned];
  const uses = (variable: string) => body.some((statement) => mentionsIn(statement, variable));
  const usesHyperparameters = uses("hp");
  const usesTrain = uses("train");
  const statement = classOf(source.className, [...constructed, ...(heads?.constructed ?? [])], body, [
    ...[...inputs.values()].map((argument) => ({ name: argument })),
    ...(usesHyperparameters ? [{ name: "hp" }] : []),
    ...(usesTrain ? [{ name: "train", keywordOnly: true, default: boolean(false) }] : []),
  ]);
  return { name: source.className, usesHyperparameters, usesTrain, statement, inputs };
};

/** The nodes of a group within each other. */
const nested = (
  group: Group,
  valueFor: (id: string) => Expression,
  print: (node: NodeDocument, operands: readonly Expression[]) => Expression,
): Expression =>
  group.reduce<{ id: string; value: Expression } | undefined>((before, node) => {
    const operands = node.inputs.map((id) => (id === before?.id ? before.value : valueFor(id)));
    return { id: node.id, value: print(node, operands) };
  }, undefined)!.value;

/** The lines of a part, which go on in the variable of what stands in its place. */
const printPart = (
  { nodes, from, exit }: OptionalPart,
  valueFor: (id: string) => Expression,
  print: (node: NodeDocument, operands: readonly Expression[]) => Expression,
  commentOf: (group: Group) => string | undefined,
): readonly Assignment[] => {
  const variable = valueFor(from);
  const own = new Set(nodes.map(({ id }) => id));
  const value = (id: string) => (own.has(id) ? variable : valueFor(id));
  return groupNodes(nodes, [exit]).map((group) => assign(variable, nested(group, value, print), commentOf(group)));
};

/** `return x + y if self.residual else y` */
const inReturnIf = (flag: Expression, lines: readonly Assignment[], otherwise: Expression): Returned =>
  returns(conditional(flag, lines[0]?.value, otherwise));

/** A block's last line is its `return`, unless its value is read elsewhere too. */
const inReturn = (lines: readonly Line[], output: string, valueFor: (id: string) => Expression) => {
  const last = lines.at(-1);
  return last?.id === output && last.value
    ? { kept: lines.slice(0, -1), returned: returns(last.value, last.comment) }
    : { kept: lines, returned: returns(valueFor(output)) };
};

const classOf = (
  className: string,
  constructed: readonly Statement[],
  body: readonly Statement[],
  parameters: readonly Parameter[],
): PrintedModule["statement"] => {
  const self = { name: "self" };
  const rngs = { name: "rngs", annotation: dotted("nnx.Rngs") };
  return {
    kind: "class",
    name: className,
    bases: [dotted("nnx.Module")],
    body: [
      { kind: "function", name: "__init__", parameters: [self, rngs], body: constructed },
      { kind: "function", name: "__call__", parameters: [self, ...parameters], body },
    ],
  };
};
