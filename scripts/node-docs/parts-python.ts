import { compile } from "../../packages/compiler/src/index.ts";
import * as core from "../../packages/core/src/index.ts";

const { data, experiment, graph, head, model } = core;

const inputs = {
  features: graph.input("features", [32]),
  pixels: graph.input("pixels", [64]),
  ids: graph.input("ids", [16], { dtype: "int" }),
};

/** What heads are shown with: a call, and the inputs that it reads. */
const calls: Readonly<Record<string, readonly [call: string, ...inputs: (keyof typeof inputs)[]]>> = {
  classification: ['head.classification(features, { classes: 10, metrics: ["accuracy", "macroF1"] })', "features"],
  binary: ['head.binary(features, { metrics: ["accuracy", "recall"] })', "features"],
  multiLabel: ['head.multiLabel(features, { classes: 5, metrics: ["microF1"] })', "features"],
  regression: ['head.regression(features, { loss: "huber", metrics: ["rmse", "r2"] })', "features"],
  reconstruction: ['head.reconstruction(pixels.dense(8).dense(32), { of: pixels, metrics: ["rmse"] })', "pixels"],
  nextToken: [
    'head.nextToken(ids.embedding({ vocab: 65, features: 32 }).gru(32, { returnSequences: true }), { of: ids, vocab: 65, metrics: ["perplexity"] })',
    "ids",
  ],
};

const trainText = (net: core.AnyModel, optimizer: unknown): string => {
  const columns = core.expectationsOf(net.document);
  const train = Object.fromEntries(Object.keys(columns).map((name) => [name, `${name}.idx`]));
  const whole = experiment(net, { data: data.idx({ train }), steps: 1, optimizer: optimizer as core.Optimizer });
  return compile(whole.document).program.files["train.py"]!;
};

/** A function of train.py. */
const functionIn = (text: string, name: string): string | undefined =>
  new RegExp(`^def ${name}\\([\\s\\S]*?(?=\\n\\n\\n|$(?![\\s\\S]))`, "m").exec(text)?.[0];

/** `loss_fn` and `finish` for a head. */
export const headPython = (type: string): { readonly call: string; readonly text: string } => {
  const [call, ...names] = calls[type]!;
  const run = new Function("head", ...names, `return ${call};`);
  const value = run(head, ...names.map((name) => inputs[name])) as core.AnyHead;
  const given = Object.fromEntries(names.map((name) => [name, inputs[name]]));
  const text = trainText(model({ inputs: given, heads: { answer: value } }), core.adamw());
  return { call, text: `${functionIn(text, "loss_fn")}\n\n\n${functionIn(text, "finish")}` };
};

const net = model({ inputs: { features: inputs.features }, heads: { answer: head.regression(inputs.features) } });

/** `optimizer` for an optimizer with its defaults. */
export const optimizerPython = (type: string): string => {
  const make = (core as unknown as Record<string, () => unknown>)[type]!;
  return functionIn(trainText(net, make()), "optimizer")!;
};

/** Parameters that schedules need. */
const needed: Readonly<Record<string, unknown>> = {
  peak: 0.001,
  factor: 0.96,
  rate: 0.5,
  every: 1000,
  period: 1000,
  warmupSteps: 200,
  stableSteps: 600,
  decaySteps: 200,
  rates: [0.1, 0.01],
  from: [1000],
  schedules: [core.linear({ peak: 0, end: 0.001 }), core.cosine({ peak: 0.001 })],
};

/** `learning_rate` for a schedule; undefined where the learning rate is a number. */
export const schedulePython = (type: string): string | undefined => {
  const { parameters } = core.catalogue().schedules[type]!;
  const required = (parameters.required ?? []) as readonly string[];
  if (type === "constant") return undefined;
  const params = Object.fromEntries(required.map((name) => [name, needed[name]]));
  const make = (core as unknown as Record<string, (options: unknown) => core.Schedule>)[type]!;
  return functionIn(trainText(net, core.adam({ learningRate: make(params) })), "learning_rate");
};
