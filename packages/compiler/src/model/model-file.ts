import { type ModelDocument, show, type Types } from "@flaxen/core";
import { headDefinition } from "../heads/index.ts";
import type { Hyperparameters } from "../hyperparameters.ts";
import { linear } from "../nodes/projection/dense.ts";
import { pascalCase, scope } from "../python/names.ts";
import { statementsText } from "../python/statement.ts";
import {
  assign,
  attribute,
  call,
  type DictEntry,
  dotted,
  type Expression,
  marked,
  name,
  returns,
  type Statement,
  string,
} from "../python/tree.ts";
import { writtenBy } from "../written-by.ts";
import { printBlocks } from "./blocks.ts";
import { modelDocstring } from "./docstring.ts";
import { mentionsIn } from "./mentions.ts";
import { type Heads, type PrintedModule, printModule } from "./module.ts";
import { ownSources } from "./own-sources.ts";
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
  const own = ownSources(model);
  const names = scope([...own.keys()]);
  const claimClass = (wish: string) => names.claim(pascalCase(wish), `${pascalCase(wish)}Module`);
  const claimNumbered = (wish: string) => names.claim(pascalCase(wish), pascalCase(wish));
  const className = claimClass(model.name);
  const { block, statements: classes } = printBlocks(model, types, hyperparameters, { claimClass, claimNumbered });
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
  const statements = [...classes, printed.statement];
  const docstring = modelDocstring(className, model, types, parameters);
  const header = `${writtenBy}\n${docstring}\n\n${importsOf(statements, [...own.values()])}`;
  const parts = [header, ...[...own.values()].map((text) => text.trimEnd()), statementsText(statements)];
  return { ...printed, text: `${parts.join("\n\n\n")}\n` };
};

/** @param own Python that the user wrote */
const importsOf = (statements: readonly Statement[], own: readonly string[]): string => {
  const mentioned = (module: string) =>
    own.some((text) => new RegExp(`\\b${module}\\.`).test(text)) ||
    statements.some((statement) => mentionsIn(statement, module));
  const ifUsed = (module: string, ...lines: readonly string[]) => (mentioned(module) ? lines : []);
  const jax = ifUsed("jax", "import jax");
  const jnp = ifUsed("jnp", "import jax.numpy as jnp");
  const ops = ifUsed("ops", "", "from flaxen import ops");
  return [...jax, ...jnp, "from flax import nnx", ...ops].join("\n");
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
    const projection = linear(shape, units);
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
