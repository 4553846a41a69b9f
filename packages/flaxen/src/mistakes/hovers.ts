import type { Hover } from "./mistake.ts";

/** What a person reads while typing. */
export const hovers: readonly Hover[] = [
  { title: "an input", code: "«image»;" },
  { title: "an input of whole numbers", code: "«words»;" },
  {
    title: "features in the middle of a chain",
    code: "const «maps» = image.conv2d(32, { kernel: 3 }).relu().maxPool(2);",
  },
  { title: "an operation", code: "image.«conv2d»(32, { kernel: 3, stride: 2 });" },
  { title: "an operation without arguments", code: "features.«relu»();" },
  { title: "an option", code: 'image.conv2d(32, { kernel: 3, «padding»: "VALID" });' },
  {
    title: "a named axis",
    code: 'const «tokens» = graph.input("tokens", ["time"], { dtype: "int" }).embedding({ vocab: 9, features: 8 });',
  },
  { title: "several tensors", code: "const «halves» = sentence.split(2);" },
  { title: "a block", code: "const «block» = graph.dense(128).relu().dropout(0.2);" },
  { title: "a named block", code: 'const «encoder» = graph.block("encoder", graph.dense(64).relu());' },
  { title: "a ready block", code: "const «layer» = blocks.transformerEncoder({ features: 64, heads: 4 });" },
  { title: "a ready residual block", code: "const «stage» = blocks.bottleneck({ filters: 64, out: 256, stride: 2 });" },
  {
    title: "a tensor behind ready blocks",
    code: "const «encoded» = sentence.repeat(6, blocks.transformerEncoder({ features: 64, heads: 4 }));",
  },
  { title: "a tensor in a function", code: "row.residual((x) => «x».dense(10));" },
  { title: "a head", code: 'const «digit» = head.classification(features, { classes: 10, metrics: ["accuracy"] });' },
  { title: "a model", code: "«digits»;" },
  {
    title: "an optimizer",
    code: "const «optimizer» = adamw({ learningRate: warmupCosine({ peak: 1e-3, warmupSteps: 200 }) });",
  },
  { title: "an option of a schedule", code: "warmupCosine({ peak: 1e-3, «warmupSteps»: 200 });" },
  { title: "data", code: "const «mnist» = data.mnist();" },
  { title: "an experiment", code: "const «whole» = experiment(digits, { data: data.mnist(), epochs: 3 });" },
  { title: "train", code: "await «train»(digits, { data: data.mnist(), epochs: 3 });" },
  { title: "a run", code: "«run»;" },
  {
    title: "an event of an epoch",
    code: 'for await (const event of run) if (event.type === "epoch") console.log(event.«metrics»);',
  },
  {
    title: "an event of a step",
    code: 'for await (const event of run) if (event.type === "step") console.log(event.«metrics»);',
  },
  { title: "a trained model", code: "«trained»;" },
  { title: "a prediction", code: "const { «digit» } = await trained.predict({ image: new Uint8Array(784) });" },
  {
    title: "probabilities",
    code: "const { digit } = await trained.predict({ image: new Uint8Array(784) });\ndigit.«probabilities»;",
  },
];
