import {
  type CompleteDocument,
  type Expectations,
  type ModelDocument,
  scaledTargets,
  show,
  type Types,
  type Weights,
} from "@flaxen/core";
import { isBytes } from "../config.ts";
import { headDefinition, headPrinter } from "../heads/index.ts";
import type { Hyperparameters } from "../hyperparameters.ts";
import { mentionsIn } from "../model/mentions.ts";
import type { ModelFile } from "../model/model-file.ts";
import { withLast } from "../model/shapes.ts";
import { lineLength } from "../python/layout.ts";
import { docstringText, statementsText } from "../python/statement.ts";
import {
  assign,
  binary,
  call,
  type DictEntry,
  dotted,
  type Expression,
  integer,
  item,
  marked,
  method,
  name,
  returns,
  type Statement,
  string,
} from "../python/tree.ts";
import { writtenBy } from "../written-by.ts";
import { modelCall, printLossFunction } from "./loss-function.ts";
import { printOptimizer } from "./optimizer.ts";
import { ownFunctions } from "./own-functions.ts";
import { renderTrain } from "./skeleton.ts";
import { printWeightGroups } from "./weight-groups.ts";

/** What train.py is printed from: a document whose every rule was checked. */
export interface TrainSource {
  readonly document: CompleteDocument;
  readonly types: Types;
  readonly expects: Expectations;
  readonly hyperparameters: Hyperparameters;
  readonly modelFile: ModelFile;
  readonly validation: boolean;
  readonly test: boolean;
  /** The model's arrays, by the document's names. */
  readonly weights: Weights;
  /** The same names -> those of model.py. */
  readonly weightNames: () => ReadonlyMap<string, string>;
}

/** Prints train.py, with the marks of its source map. */
export const printTrain = (source: TrainSource): string => {
  const { document, types, hyperparameters, modelFile, validation, test } = source;
  const { model, training } = document;
  const parts = training.accumulate !== undefined;
  const own = ownFunctions(model.heads, modelFile.name);
  const scaled = scaledTargets(document.data);
  const loss = printLossFunction(
    model,
    types,
    hyperparameters,
    (read) => modelCall(modelFile, true, read),
    modelFile.inputs,
    parts,
    own.names,
    (head) => scaled.has(head),
  );
  const { functions, body } = printOptimizer(training, hyperparameters);
  const { constants, frozen, groups } = printWeightGroups(training, source.weights, source.weightNames);
  return renderTrain({
    header: `${writtenBy}\n${trainDocstring(modelFile.name)}`,
    numpy:
      loss.finish.some((statement) => mentionsIn(statement, "np")) || own.texts.some((text) => /\bnp\./.test(text)),
    className: modelFile.name,
    sums: statementsText([loss.sums]),
    graph: statementsText([graphStatement(modelFile.name)]),
    functions: [...own.texts, ...functions, ...(groups === undefined ? [] : [groups])],
    constants,
    frozen,
    trained: frozen === undefined ? "nnx.Param" : "trained",
    parts: training.accumulate,
    average: training.averageWeights !== undefined,
    weights: training.weights !== undefined,
    optimizer: statementsText([body], 4),
    inputs: statementsText([inputsStatement(source)], 4),
    loss: statementsText(loss.lines, 4),
    minimised: statementsText([returns(loss.minimised)], 4),
    divisor: loss.divisor === "rows" ? 'sums["rows"]' : `jnp.maximum(sums["${loss.divisor}"], 1e-9)`,
    finish: statementsText(loss.finish, 4),
    zeros: loss.shaped
      ? "{name: jnp.zeros((len(index), *shape)) for name, shape in SUMS.items()}"
      : "{name: jnp.zeros(len(index)) for name in SUMS}",
    nothing: loss.shaped
      ? "{name: jnp.zeros(shape) for name, shape in SUMS.items()}"
      : "{name: jnp.zeros(()) for name in SUMS}",
    validation,
    test,
    predict: predictText(model, types, modelCall(modelFile, false)),
  });
};

/** `graph = …`: the model without its numbers. */
const graphStatement = (className: string): Statement => {
  const made = call(className, call("nnx.Rngs", integer(0)));
  return assign("graph", call("nnx.graphdef", call("nnx.eval_shape", { kind: "lambda", parameters: [], body: made })));
};

const trainDocstring = (className: string): string => {
  const what = `Trains ${className} (model.py).`;
  const how = "Every number that a run may change is in config.json: python train.py [config.json]";
  const short = docstringText(`${what} ${how}`, 0);
  return short.length <= lineLength ? short : docstringText(`${what}\n\n${how}`, 0);
};

/** What the model reads: columns as they are, bytes scaled to 0..1. */
const inputsStatement = ({ document: { model, data }, types, expects, modelFile }: TrainSource): Statement => {
  const inputs = model.nodes.filter(({ type }) => type === "input");
  const entries = inputs.map(({ id }): DictEntry => {
    const column = item(name("batch"), id);
    const bytes = isBytes(data.type, data.params, id, expects[id]!);
    const value = bytes ? binary(method(column, "astype", dotted("jnp.float32")), "/", integer(255)) : column;
    const comment = inputs.length > 1 ? show(types.get(id)!.shape) : undefined;
    return { key: string(modelFile.inputs.get(id)!), value: marked(id, value), comment };
  });
  return returns({ kind: "dict", entries }, inputs.length === 1 ? show(types.get(inputs[0]!.id)!.shape) : undefined);
};

/** The body of `predict`. */
const predictText = (model: ModelDocument, types: Types, callModel: Expression): string => {
  const heads = model.heads.map(({ name: head, type, input, params }) => {
    const printer = headPrinter(type);
    const output = item(name("outputs"), head);
    const value = printer.predict(output, params);
    const shape = withLast(types.get(input)!.shape, headDefinition(type).width(params));
    const words = `${printer.prediction(params)} ${show(printer.predictedShape(shape))}`;
    return { head, words, key: string(head), value: marked(head, value), asIs: value === output };
  });
  const listed = heads.map(({ head, words }) => `"${head}": ${words}`).join(", ");
  const short = docstringText(`What the model predicts: {${listed}}.`, 4);
  const lines = heads.map(({ head, words }) => `${head}: ${words}`);
  const docstring =
    short.length <= lineLength ? short : docstringText(["What the model predicts.", "", ...lines].join("\n"), 4);
  const body = heads.every(({ asIs }) => asIs)
    ? [returns(callModel)]
    : [assign("outputs", callModel), returns({ kind: "dict", entries: heads })];
  return `${docstring}\n${[...merge, statementsText(body, 4)].join("\n")}`;
};

const merge = ["    params, rest, _ = carry", "    model = nnx.merge(graph, params, rest)"];
