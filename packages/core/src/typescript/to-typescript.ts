import { parseDocument } from "../document/parse-document.ts";
import type { ExperimentDocument } from "../document/schema.ts";
import { callOf, type Expression, literal, quoted, record, type Statement, verbatim } from "./expression.ts";
import { createIdentifiers } from "./identifiers.ts";
import { statementText } from "./layout.ts";
import { ownScores } from "./own-scores.ts";
import { dataExpression, headExpression, trainingEntries } from "./print-experiment.ts";
import { printModel } from "./print-model.ts";

export interface ToTypeScriptOptions {
  /** Where the printed module imports Flaxen from. @defaultValue "flaxen" */
  readonly from?: string;
}

/**
 * Prints a document as the TypeScript that makes it: a module that exports the model, and the experiment where there is
 * one. Running it gives the same document again.
 *
 * Chains are fluent, a tensor has a variable where it is read more than once, defaults are left out and names kept. Data
 * that was given as arrays lies beside a document, as do weights to start from: the printed experiment is a function of
 * them then. Ids that no name can give, such as that of a `relu`, come out numbered; a model made by this library has no
 * others.
 *
 * @example toTypeScript(digits.toJSON()) // import { graph, head, model } from "flaxen"; …
 */
export const toTypeScript = (json: unknown, { from = "flaxen" }: ToTypeScriptOptions = {}): string => {
  const { document, model, types } = parseDocument(json, {}, { allowCode: true });
  const imports = new Set(["graph", "head", "model"]);
  const names = createIdentifiers([
    "defineLayer",
    "defineLoss",
    "defineMetric",
    "graph",
    "head",
    "model",
    "experiment",
    "data",
    "columns",
    "validation",
    "test",
    "weights",
  ]);
  const training = document.training && trainingEntries(document.training, imports);
  for (const name of imports) names.claim(name);
  const printed = printModel(model, types, names);
  const own = ownScores(model.heads, names, imports);
  const heads = model.heads.map((one) => [one.name, headExpression(one, printed.valueOf(one.input), own)] as const);
  if (printed.usesOwnLayers()) imports.add("defineLayer");
  const variable = names.claim(model.name === "model" ? "net" : model.name);
  const specification = record([
    ...(model.name === "model" ? [] : [["name", literal(model.name)] as const]),
    ["inputs", record([...printed.inputs])],
    ["heads", record(heads)],
  ]);
  const statements: Statement[] = [
    ...own.statements,
    ...printed.statements(),
    { name: variable, exported: true, value: callOf("model", specification) },
    ...experimentStatements(document, variable, training, imports, names.claim("trial")),
  ];
  return [
    `import { ${[...imports].sort((a, b) => (bare(a) < bare(b) ? -1 : 1)).join(", ")} } from ${quoted(from)};`,
    "",
    ...statements.map((statement) => statementText(statement)),
    "",
  ].join("\n");
};

/** `type Columns` stands where `Columns` would. */
const bare = (name: string): string => name.replace("type ", "");

const experimentStatements = (
  { data, model }: ExperimentDocument,
  variable: string,
  training: readonly (readonly [string, Expression])[] | undefined,
  imports: Set<string>,
  name: string,
): readonly Statement[] => {
  if (data === undefined || training === undefined) return [];
  imports.add("experiment").add("data");
  const { value, parameters: columns } = dataExpression(data, model);
  const starts = training.some(([key]) => key === "weights");
  const parameters = starts ? [...columns, { name: "weights", type: "InitialWeights" }] : columns;
  const made = callOf("experiment", verbatim(variable), record([["data", value], ...training]));
  if (parameters.length === 0) return [{ name, exported: true, value: made }];
  for (const { type } of parameters) if (/^\w+$/.test(type)) imports.add(`type ${type}`);
  const typed = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join(", ");
  return [{ name, exported: true, value: { kind: "arrow", parameter: typed, body: [{ value: made }] } }];
};
