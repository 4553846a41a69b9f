import { blockOrder, type ModelDocument, show, type Types } from "@flaxen/core";
import { headDefinition } from "../heads/index.ts";
import type { Hyperparameters } from "../hyperparameters.ts";
import { pascalCase, scope } from "../python/names.ts";
import { statementsText } from "../python/statement.ts";
import {
  assign,
  attribute,
  call,
  type DictEntry,
  dotted,
  type Expression,
  integer,
  marked,
  name,
  returns,
  type Statement,
  string,
} from "../python/tree.ts";
import { writtenBy } from "../written-by.ts";
import { modelDocstring } from "./docstring.ts";
import { mentionsIn } from "./mentions.ts";
import { type Heads, type PrintedModule, printModule } from "./module.ts";
import { withLast } from "./shapes.ts";

/** model.py with the marks of its source map, and what train.py has to know of it. */
export interface ModelFile extends PrintedModule {
  readonly text: string;
}

/** Prints model.py: a class for every named block, then the model. */
export const printModel = (
  model: ModelDocument,
  types: Types,
  parameters: number,
  hyperparameters: Hyperparameters,
): ModelFile => {
  const names = scope();
  const claimClass = (wish: string) => names.claim(pascalCase(wish), `${pascalCase(wish)}Module`);
  const className = claimClass(model.name);
  const classes = new Map<string, PrintedModule>();
  const block = (id: string) => classes.get(id)!;
  for (const id of blockOrder(model)) {
    const { nodes, output } = model.blocks[id]!;
    const markOf = (node: string) => `${id}/${node}`;
    const printed = printModule({
      className: claimClass(id),
      nodes,
      typeOf: (node) => types.get(markOf(node))!,
      markOf,
      hyperparameter: (node, parameter) => hyperparameters.find(markOf(node), parameter)!,
      block,
      outputs: [output],
    });
    classes.set(id, printed);
  }
  const printed = printModule({
    className,
    nodes: model.nodes,
    typeOf: (node) => types.get(node)!,
    markOf: (node) => node,
    hyperparameter: (node, parameter) => hyperparameters.find(node, parameter)!,
    block,
    outputs: model.heads.map(({ input }) => input),
    heads: {
      documents: model.heads,
      print: (valueFor, attributes) => printHeads(model, types, valueFor, attributes),
    },
  });
  const statements = [...[...classes.values()].map(({ statement }) => statement), printed.statement];
  const docstring = modelDocstring(className, model, types, parameters);
  const header = `${writtenBy}\n${docstring}\n\n${importsOf(statements)}`;
  return { ...printed, text: `${header}\n\n\n${statementsText(statements)}\n` };
};

const importsOf = (statements: readonly Statement[]): string => {
  const ifUsed = (module: string, ...lines: readonly string[]) =>
    statements.some((statement) => mentionsIn(statement, module)) ? lines : [];
  const jnp = ifUsed("jnp", "import jax.numpy as jnp");
  const ops = ifUsed("ops", "", "from flaxen import ops");
  return [...jnp, "from flax import nnx", ...ops].join("\n");
};

/** The heads' projections and the dictionary that `__call__` returns. */
const printHeads = (
  model: ModelDocument,
  types: Types,
  valueFor: (id: string) => Expression,
  attributes: ReadonlyMap<string, string>,
): Heads => {
  const heads = model.heads.map(({ name: head, type, input, params }) => {
    const { shape } = types.get(input)!;
    const units = headDefinition(type).projection(params);
    if (units === undefined) return { head, value: valueFor(input), constructed: [], comment: undefined };
    const own = attributes.get(head)!;
    const projection = call("nnx.Linear", integer(shape.at(-1) as number), integer(units), { rngs: name("rngs") });
    return {
      head,
      value: marked(head, call(attribute(name("self"), own), valueFor(input))),
      constructed: [assign(dotted(`self.${own}`), marked(head, projection))],
      comment: show(withLast(shape, units)),
    };
  });
  const only = heads.length === 1 ? heads[0] : undefined;
  const entries = heads.map(
    ({ head, value, comment }): DictEntry => ({ key: string(head), value, comment: only ? undefined : comment }),
  );
  return {
    constructed: heads.flatMap(({ constructed }) => constructed),
    returned: returns({ kind: "dict", entries }, only?.comment),
  };
};
