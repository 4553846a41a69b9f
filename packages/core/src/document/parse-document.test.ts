import { readFileSync } from "node:fs";
import { FlaxenError } from "@flaxen/errors";
import { expect, test } from "vitest";
import { documentHash } from "./hash.ts";
import { modelMetricNames } from "./metric-names.ts";
import { parseDocument } from "./parse-document.ts";

const sample = (name: string): any =>
  JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), "utf8"));

const node = (document: any, id: string): any => document.model.nodes.find((node: any) => node.id === id);

/** What is done to a good document, the code of the error, and words that its message must have. */
// biome-ignore format: one case a line
const strangers: readonly (readonly [what: string, sample: string, change: (document: any) => void, code: string, words: string])[] = [
  ["no version", "mlp", (d) => delete d.flaxen, "unknown-version", 'its key "flaxen" is missing'],
  ["a later version", "mlp", (d) => (d.flaxen = 2), "unknown-version", "is of version 2"],
  ["a misspelt key", "mlp", (d) => (d.training.epocs = 1), "bad-document", 'document.training has no key "epocs". Did you mean "epochs"?'],
  ["a misspelt key of a node", "mlp", (d) => (d.model.nodes[0].input = []), "bad-document", 'Did you mean "inputs"?'],
  ["a missing part", "mlp", (d) => delete d.model.nodes, "bad-document", "model.nodes must be a list"],
  ["a name that is no identifier", "mlp", (d) => (d.model.nodes[1].id = "a b"), "bad-document", "model.nodes[1].id"],
  ["NaN", "mlp", (d) => (d.model.nodes[1].params.units = Number.NaN), "bad-document", "document.model.nodes[1].params.units is NaN"],
  ["an unknown node", "mlp", (d) => (node(d, "hidden").type = "dens"), "unknown-node", 'node "hidden": there is no node type "dens". Did you mean "dense"?'],
  ["an inherited node type", "mlp", (d) => (node(d, "hidden").type = "constructor"), "unknown-node", "constructor"],
  ["a misspelt parameter", "mlp", (d) => (node(d, "hidden").params = { unit: 3 }), "unknown-option", 'node "hidden" (dense)'],
  ["a bad parameter", "mlp", (d) => (node(d, "hidden").params.units = -3), "bad-parameter", 'node "hidden" (dense): units must be'],
  ["a cycle", "mlp", (d) => (node(d, "hidden").inputs = ["relu2"]), "cycle", "hidden -> relu2 -> dense1 -> relu1 -> hidden is a cycle"],
  ["a loop", "mlp", (d) => (node(d, "relu1").inputs = ["relu1"]), "cycle", "relu1 -> relu1"],
  ["a dangling edge", "mlp", (d) => (node(d, "relu1").inputs = ["hiden"]), "dangling-edge", 'node "relu1" reads "hiden", which does not exist. Did you mean "hidden"?'],
  ["a head that reads nothing", "mlp", (d) => (d.model.heads[0].input = "relu9"), "dangling-edge", 'head "digit" reads "relu9"'],
  ["two nodes of one id", "mlp", (d) => d.model.nodes.push({ ...node(d, "relu1") }), "duplicate-name", 'node "relu1"'],
  ["names that are one in Python", "mlp", (d) => (node(d, "relu1").id = "Hidden"), "duplicate-name", 'node "Hidden" and node "hidden"'],
  ["a node called like a head", "mlp", (d) => d.model.nodes.push({ ...node(d, "relu1"), id: "digit" }), "duplicate-name", 'node "digit" and head "digit"'],
  ["a head called val", "mlp", (d) => (d.model.heads[0].name = "val"), "duplicate-name", '"val"'],
  ["two heads of one name", "mlp", (d) => d.model.heads.push(d.model.heads[0]), "duplicate-name", 'head "digit" and head "digit"'],
  ["heads whose names are one in Python", "two-heads", (d) => (d.model.heads[1].name = "Price"), "duplicate-name", 'head "Price" and head "price"'],
  ["a head whose name is no identifier", "mlp", (d) => (d.model.heads[0].name = "a b"), "bad-document", "model.heads[0].name must be a letter"],
  ["heads that are no list", "mlp", (d) => (d.model.heads = { digit: d.model.heads[0] }), "bad-document", "model.heads must be a list"],
  ["an unused input", "mlp", (d) => d.model.nodes.push({ id: "extra", type: "input", inputs: [], params: { shape: [], dtype: "float" } }), "unused-input", 'input "extra" is not used'],
  ["an unused node", "mlp", (d) => d.model.nodes.push({ id: "extra", type: "relu", inputs: ["relu1"], params: {} }), "unused-node", 'node "extra" is not used'],
  ["an unused block", "blocks", (d) => (d.model.blocks.extra = d.model.blocks.mixer), "unused-node", 'block "extra" is not used'],
  ["too many operands", "mlp", (d) => node(d, "relu1").inputs.push("pixels"), "wrong-inputs", 'node "relu1": relu needs 1 input'],
  ["a misfit", "residual-cnn", (d) => (node(d, "conv2").params.filters = 8), "shape-mismatch", 'node "add1": add: shapes do not broadcast: [batch, 28, 28, 16] and [batch, 28, 28, 8]'],
  ["a misfit in a block", "blocks", (d) => (d.model.blocks.mixer.nodes[1].params.units = 7), "shape-mismatch", 'node "mixer/add1"'],
  ["floats for an embedding", "two-heads", (d) => (node(d, "district").params.dtype = "float"), "wrong-dtype", 'node "embedding1": embedding needs int'],
  ["a block applied to another shape", "blocks", (d) => (node(d, "left").params.shape = [15]), "shape-mismatch", "block encoder takes float [batch, 16], but its input is float [batch, 15]"],
  ["a block that is not defined", "blocks", (d) => (node(d, "mixer1").params.block = "mixr"), "unknown-block", 'node "mixer1" applies block "mixr", which the document does not define. Did you mean "mixer"?'],
  ["a block that applies itself", "blocks", (d) => Object.assign(d.model.blocks.mixer.nodes[1], { type: "block", params: { block: "mixer", shared: false } }), "cycle", "block mixer -> block mixer is a cycle"],
  ["a block with an input among its layers", "blocks", (d) => d.model.blocks.mixer.nodes.push({ ...d.model.blocks.mixer.nodes[0], id: "y" }), "bad-document", 'block "mixer" must begin with its nodes of type "input"'],
  ["a block both shared and not", "blocks", (d) => (node(d, "mixer2").params.shared = true), "shared-block", 'node "mixer2"'],
  ["a shared block in one that is not", "blocks", (d) => d.model.blocks.mixer.nodes.splice(1, 1, { id: "dense1", type: "block", inputs: ["x"], params: { block: "encoder", shared: true } }), "shared-block", 'shared block "encoder" is applied in the model and in block "mixer"'],
  ["no heads", "mlp", (d) => (d.model.heads = []), "no-heads", 'model "mlp" has no heads'],
  ["a head without a loss", "mlp", (d) => delete d.model.heads[0].params.loss, "head-without-loss", 'head "digit" has no loss'],
  ["a head of an unknown type", "mlp", (d) => (d.model.heads[0].type = "classify"), "unknown-head", 'head "digit": there is no head type "classify"'],
  ["a metric of no head", "mlp", (d) => (d.model.heads[0].params.metrics = ["acuracy"]), "unknown-metric", 'head "digit": there is no metric "acuracy". Did you mean "accuracy"?'],
  ["top10 of 10 classes", "mlp", (d) => (d.model.heads[0].params.metrics = ["top10"]), "bad-parameter", "top10 is always 1 with 10 classes"],
  ["features of images", "residual-cnn", (d) => (node(d, "flatten1").type = "relu"), "data-mismatch", 'one label per image, but head "digit" predicts one for every position'],
  ["unknown data", "mlp", (d) => (d.data.type = "digit"), "unknown-data", 'Did you mean "digits"?'],
  ["data of another shape", "mlp", (d) => (node(d, "pixels").params.shape = [63]), "data-mismatch", 'input "pixels" is [63]'],
  ["an unknown column", "two-heads", (d) => (d.data.params.targets.kin = "kind"), "unknown-column", 'no input and no head "kin". Did you mean "kind"?'],
  ["a missing column", "two-heads", (d) => delete d.data.params.targets.kind, "missing-column", 'no column "kind", which the model needs as its label of 3 classes'],
  ["columns of another number", "two-heads", (d) => d.data.params.features.features.pop(), "shape-mismatch", 'rows of column "features" have the shape [5]'],
  ["a batch larger than the data", "blocks", (d) => (d.training.batchSize = 49), "batch-larger-than-data", "batchSize is 49, but there are 48 rows to train on"],
  ["an array of another dtype", "blocks", (d) => (d.data.params.columns.same.dtype = "float32"), "wrong-dtype", 'column "same" is float32, but int32 is needed'],
  ["arrays of unequal rows", "blocks", (d) => (d.data.params.columns.same.shape = [63]), "row-count", '"same" has 63'],
  ["an unknown optimizer", "mlp", (d) => (d.training.optimizer.type = "adamm"), "unknown-optimizer", 'no optimizer "adamm". Did you mean "adam"?'],
  ["an unknown schedule", "digits", (d) => (d.training.optimizer.params.learningRate.type = "warmup"), "unknown-schedule", 'no schedule "warmup"'],
  ["nesterov without momentum", "mlp", (d) => delete d.training.optimizer.params.momentum, "bad-parameter", "nesterov needs a momentum"],
  ["both epochs and steps", "mlp", (d) => (d.training.epochs = 3), "bad-document", "either epochs or steps"],
  ["an unknown metric", "mlp", (d) => (d.training.earlyStopping.metric = "val/digit/acuracy"), "unknown-metric", 'Did you mean "val/digit/accuracy"?'],
];

test.each(strangers)("a stranger's document with %s is refused", (_, name, change, code, words) => {
  const document = sample(name);
  change(document);
  const error = thrown(() => parseDocument(document));
  expect(error).toSatisfy((error) => FlaxenError.isInstance(error));
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toContain(words);
});

const thrown = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

test.each([null, 3, "{}", [], undefined, () => 1])("%s is no document", (value) => {
  expect(() => parseDocument(value)).toThrow(FlaxenError);
});

test("no prototype is polluted, and no name finds what is inherited", () => {
  const polluted = JSON.parse(
    '{"flaxen":1,"model":{"name":"m","blocks":{},"nodes":[],"heads":[{"__proto__":{"x":1}}]}}',
  );
  expect(thrown(() => parseDocument(polluted))).toMatchObject({ code: "bad-document" });
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  const document = sample("mlp");
  document.model.heads[0].name = "constructor";
  delete document.training.earlyStopping;
  expect(modelMetricNames(parseDocument(document).model)).toEqual(["loss", "constructor/loss", "constructor/accuracy"]);
});

test("nesting too deep for the stack is refused, not met", () => {
  let nested: unknown = 1;
  for (let depth = 0; depth < 100_000; depth++) nested = [nested];
  expect(thrown(() => parseDocument({ flaxen: 1, model: nested }))).toMatchObject({ code: "bad-document" });
});

test("a key that stands twice, and text that is no JSON, are refused; text is read like its value", () => {
  const text = JSON.stringify(sample("mlp"));
  expect(parseDocument(text).document).toEqual(parseDocument(sample("mlp")).document);
  const twice = text.replace('"units":', '"units":3,"\\u0075nits":');
  expect(thrown(() => parseDocument(twice))).toMatchObject({ code: "bad-document" });
  expect((thrown(() => parseDocument(twice)) as Error).message).toContain('has the key "units" twice');
  expect((thrown(() => parseDocument(text.slice(1))) as Error).message).toContain("the document is no JSON");
});

test("blocks that multiply are refused before anything is multiplied", () => {
  const document = sample("mlp");
  const x = { id: "x", type: "input", inputs: [], params: { shape: [64], dtype: "float" } };
  const apply = (level: number, id: string, input: string) => ({
    id,
    type: "block",
    inputs: [input],
    params: { block: `bomb${level}`, shared: false },
  });
  document.model.blocks.bomb0 = { nodes: [x, { id: "y", type: "relu", inputs: ["x"], params: {} }], output: "y" };
  for (let level = 1; level < 200; level++)
    document.model.blocks[`bomb${level}`] = {
      nodes: [x, apply(level - 1, "a", "x"), apply(level - 1, "b", "a")],
      output: "b",
    };
  document.model.nodes.splice(1, 0, apply(199, "bomb", "pixels"));
  node(document, "hidden").inputs = ["bomb"];
  expect(thrown(() => parseDocument(document))).toMatchObject({ code: "too-many-nodes" });
});

test.each([
  ["a size beyond any memory", 2 ** 53, "bad-parameter"],
  ["an array beyond any memory", 2 ** 31 - 1, "too-large"],
])("%s is refused", (_, units, code) => {
  const document = sample("mlp");
  node(document, "pixels").params.shape = [2 ** 31 - 1];
  delete document.data;
  delete document.training;
  node(document, "hidden").params.units = units;
  expect(thrown(() => parseDocument(document))).toMatchObject({ code });
});

test("defaults are written out and nodes are put after their operands", () => {
  const document = sample("mlp");
  const normal = parseDocument(document).document;
  document.model.nodes.reverse();
  delete node(document, "hidden").params.useBias;
  delete document.data.params.validation;
  expect(parseDocument(document).document).toEqual(normal);
});

test("heads have an order: another one is another document, which reports its metrics in that order", () => {
  const document = sample("two-heads");
  const before = parseDocument(document);
  document.model.heads.reverse();
  const turned = parseDocument(document);
  expect(documentHash(turned.document)).not.toBe(documentHash(before.document));
  expect(modelMetricNames(before.model)).toEqual([
    "loss",
    "price/loss",
    "price/rmse",
    "price/r2",
    "kind/loss",
    "kind/accuracy",
  ]);
  expect(modelMetricNames(turned.model)).toEqual([
    "loss",
    "kind/loss",
    "kind/accuracy",
    "price/loss",
    "price/rmse",
    "price/r2",
  ]);
});

test("the given value is left as it is, and the document is frozen all the way down", () => {
  const given = sample("two-heads");
  const before = JSON.stringify(given);
  const { document } = parseDocument(given);
  expect(JSON.stringify(given)).toBe(before);
  expect(Object.isFrozen(document.model.nodes[0]?.params)).toBe(true);
  expect(Object.isFrozen(given.model)).toBe(false);
});

test("a chain of 50,000 nodes takes neither the stack nor more than linear time", () => {
  const document = sample("mlp");
  const relu = (index: number) => ({
    id: `r${index}`,
    type: "relu",
    inputs: [index ? `r${index - 1}` : "relu2"],
    params: {},
  });
  for (let index = 0; index < 50_000; index++) document.model.nodes.push(relu(index));
  document.model.heads[0].input = "r49999";
  expect(parseDocument(document).model.nodes).toHaveLength(50_005);
}, 20_000);
