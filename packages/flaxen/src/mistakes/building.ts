import type { Mistake } from "./mistake.ts";

/** Names, options, blocks and heads. */
export const building: readonly Mistake[] = [
  { title: "a misspelt operation", code: "image.conv2D(32, { kernel: 3 });" },
  { title: "an operation under PyTorch's name", code: "row.linear(64);" },
  { title: "a misspelt option", code: "image.conv2d(32, { kernel: 3, strides: 2 });" },
  { title: "a padding in small letters", code: 'image.conv2d(32, { kernel: 3, padding: "same" });' },
  { title: "a misspelt option that is needed", code: "image.conv2d(32, { kernal: 3 });" },
  { title: "a kernel that is missing", code: "image.conv2d(32);" },
  { title: "a kernel as the second argument", code: "image.conv2d(32, 3);" },
  { title: "units as text", code: 'row.dense("64");' },
  { title: "units that are no whole number", code: "row.dense(12.5);" },
  { title: "a dropout rate in percent", code: "row.dropout(50);" },
  { title: "an activation as an option of dense", code: 'row.dense(64, { activation: "relu" });' },
  { title: "the batch axis in an input's shape", code: 'graph.input("image", ["batch", 28, 28, 1]);' },
  { title: "a misspelt dtype of an input", code: 'graph.input("words", [16], { dtype: "int32" });' },
  { title: "a residual that changes the shape", code: "row.residual(graph.dense(64).relu());" },
  { title: "a residual function that changes the shape", code: "row.residual((x) => x.dense(64).relu());" },
  { title: "repeat of a block that changes the shape", code: "row.repeat(4, graph.dense(64).relu());" },
  {
    title: "a misfit in the third operation of a block",
    code: "row.pipe(graph.dense(128).relu().conv2d(32, { kernel: 3 }));",
  },
  { title: "a misfit in a named block", code: 'words.pipe(graph.block("encoder", graph.dense(64).relu()));' },
  {
    title: "a misfit in a transformer block",
    code: "sentence.pipe(blocks.transformerEncoder({ features: 64, heads: 5 }));",
  },
  {
    title: "a residual block whose shortcut does not fit",
    code: "image.conv2d(32, { kernel: 3 }).pipe(blocks.basicBlock({ filters: 64 }));",
  },
  { title: "a block where a tensor is needed", code: "row.add(graph.dense(10));" },
  { title: "a tensor where a block is needed", code: "row.pipe(row.dense(10));" },
  {
    title: "a tensor under the wrong shape",
    code: 'const flat: Tensor<["batch", 28, 28]> = image.flatten();',
    onlyInEditor: true,
  },
  {
    title: "classification of images that were not flattened, under one label per image",
    code: "const net = model({ inputs: { image }, heads: { digit: head.classification(image, { classes: 10 }) } });\nexperiment(net, { data: data.mnist(), epochs: 1 });",
    onlyWhenRun: true,
  },
  { title: "several labels for each position", code: "head.multiLabel(image, { classes: 10 });" },
  { title: "a head on whole numbers", code: "head.classification(words, { classes: 10 });" },
  { title: "a head on a block", code: "head.regression(graph.dense(3));" },
  {
    title: "logits of another number of classes",
    code: "head.classification(features, { classes: 10, logits: true });",
  },
  { title: "top5 of three classes", code: 'head.classification(features, { classes: 3, metrics: ["top5"] });' },
  {
    title: "a misspelt metric of a head",
    code: 'head.classification(features, { classes: 10, metrics: ["acuracy"] });',
  },
  { title: "a metric of another kind of head", code: 'head.regression(features, { metrics: ["accuracy"] });' },
  { title: "classes that are missing", code: "head.classification(features, {});" },
  { title: "a misspelt loss", code: 'head.regression(features, { loss: "hubert" });' },
  {
    title: "an input that the model was not given",
    code: "model({ inputs: { row }, heads: { digit: head.regression(features) } });",
    onlyWhenRun: true,
  },
  {
    title: "an own layer's misspelt parameter",
    code: 'const python = "class Scale(nnx.Module):\\n    def __call__(self, x):\\n        return 2 * x";\nconst scale = defineLayer({ name: "scale", parameters: z.strictObject({ by: z.number() }), python });\nrow.layer(scale, { bye: 2 });',
  },
  {
    title: "one name for two layers",
    code: 'const twice = row.dense(10, { name: "hidden" }).dense(10, { name: "hidden" });\nmodel({ inputs: { row }, heads: { price: head.regression(twice) } });',
    onlyWhenRun: true,
  },
  { title: "a name with a blank", code: 'row.dense(64, { name: "first layer" });', onlyWhenRun: true },
];
