import { type Block, data, experiment, graph, head, model, type Tensor } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelText } from "../../test/model-of.ts";
import { compile } from "../compile.ts";

const row = graph.input("row", [4]);
const compiled = (output: Tensor) => {
  const net = model({ name: "net", inputs: { row }, heads: { price: head.regression(output) } });
  const files = data.idx({ train: { row: "rows.idx", price: "prices.idx" } });
  return compile(experiment(net, { data: files, steps: 1, batchSize: 2 }).document).program;
};
const text = (output: Tensor): string => {
  const printed = compiled(output).files["model.py"]!;
  return printed.slice(printed.indexOf("class"));
};
const classesOf = (output: Tensor) => [...text(output).matchAll(/^class (\w+)/gm)].map(([, found]) => found);

const layer = <const Units extends number>(units: Units) =>
  graph.block("layer", graph.dense(units).relu().layerNorm(), { numbered: true });
const funnel = <const In extends number, const Out extends number>(width: In, out: Out) =>
  graph.block("funnel", graph.dense(3 * width).pipe(layer(out)), { numbered: true });

test("blocks that differ in numbers of features are one class, which is told them", () => {
  expect(text(row.pipe(funnel(4, 8)).pipe(funnel(8, 2)))).toMatchInlineSnapshot(`
    "class Layer(nnx.Module):
        def __init__(self, in_features, out_features, *, rngs: nnx.Rngs):
            self.dense1 = nnx.Linear(in_features, out_features, rngs=rngs)
            self.layer_norm1 = ops.LayerNorm(out_features, epsilon=1e-5, rngs=rngs)

        def __call__(self, x):
            return self.layer_norm1(nnx.relu(self.dense1(x)))  # [batch, out_features]


    class Funnel(nnx.Module):
        def __init__(self, in_features, out_features, *, rngs: nnx.Rngs):
            hidden = 3 * in_features
            self.dense1 = nnx.Linear(in_features, hidden, rngs=rngs)
            self.layer1 = Layer(hidden, out_features, rngs=rngs)

        def __call__(self, x):
            x = self.dense1(x)  # [batch, hidden]
            return self.layer1(x)  # [batch, out_features]


    class Net(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.funnel1 = Funnel(4, 8, rngs=rngs)
            self.funnel2 = Funnel(8, 2, rngs=rngs)
            self.price = nnx.Linear(2, 1, rngs=rngs)

        def __call__(self, row):
            x = self.funnel1(row)  # [batch, 8]
            x = self.funnel2(x)  # [batch, 2]
            return {"price": self.price(x)}  # [batch, 1]
    "
  `);
});

test("numbers that are the same everywhere are written where they are", () => {
  const block = <const Units extends number>(units: Units) =>
    graph.block("layer", graph.dense(7).dense(units), { numbered: true });
  const printed = text(row.pipe(block(5)).pipe(block(6)));
  expect(printed).toContain("def __init__(self, in_features, out_features, *, rngs: nnx.Rngs):");
  expect(printed).toContain("self.dense1 = nnx.Linear(in_features, 7, rngs=rngs)");
  expect(printed).toContain("self.dense2 = nnx.Linear(7, out_features, rngs=rngs)");
});

test("blocks of other names, other layers or other numbers of a run stay classes of their own", () => {
  const named = (name: string) => graph.block(name, graph.dense(4).relu());
  expect(classesOf(row.pipe(named("first")).pipe(named("other")))).toEqual(["First", "Other", "Net"]);
  const numbered = (activation: "relu" | "tanh") =>
    graph.block("layer", graph.dense(4)[activation](), { numbered: true });
  expect(classesOf(row.pipe(numbered("relu")).pipe(numbered("tanh")))).toEqual(["Layer", "Layer2", "Net"]);
  const dropping = <const Units extends number>(units: Units, rate: number) =>
    graph.block("layer", graph.dense(units).dropout(rate), { numbered: true });
  expect(classesOf(row.pipe(dropping(4, 0.1)).pipe(dropping(8, 0.2)))).toEqual(["Layer", "Layer2", "Net"]);
});

const image = graph.input("image", [8, 8, 4]);
const imageText = (output: Tensor): string => {
  const printed = modelText({ image }, output);
  return printed.slice(printed.indexOf("class"));
};
const convolution = (kernel: number, stride: number, more: Block<[]> = graph.identity() as unknown as Block<[]>) =>
  graph.block("stage", graph.conv2d(4, { kernel, stride }).relu().pipe(more), { numbered: true });

test("blocks that differ in a stride are one class, which is told it unless it is the layer's own", () => {
  expect(imageText(image.pipe(convolution(3, 2)).pipe(convolution(3, 1)))).toMatchInlineSnapshot(`
    "class Stage(nnx.Module):
        def __init__(self, *, strides=1, rngs: nnx.Rngs):
            self.conv1 = ops.Conv(4, 4, (3, 3), strides=strides, rngs=rngs)

        def __call__(self, x):
            return nnx.relu(self.conv1(x))


    class Net(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.stage1 = Stage(strides=2, rngs=rngs)
            self.stage2 = Stage(rngs=rngs)
            self.price = nnx.Linear(64, 1, rngs=rngs)

        def __call__(self, image):
            x = self.stage1(image)  # [batch, 4, 4, 4]
            x = self.stage2(x)
            x = x.reshape(x.shape[0], -1)  # [batch, 64]
            return {"price": self.price(x)}  # [batch, 1]
    "
  `);
});

test("two options of one name are told apart by their layers, one that several layers have is told once", () => {
  const two = (first: number, second: number) =>
    convolution(3, first, graph.conv2d(4, { kernel: 3, stride: second }) as unknown as Block<[]>);
  const apart = imageText(image.pipe(two(1, 2)).pipe(two(2, 1)));
  expect(apart).toContain("def __init__(self, *, conv1_strides=1, conv2_strides=1, rngs: nnx.Rngs):");
  expect(apart).toContain("self.stage1 = Stage(conv2_strides=2, rngs=rngs)");
  expect(apart).toContain("self.stage2 = Stage(conv1_strides=2, rngs=rngs)");
  const both = imageText(image.pipe(two(1, 1)).pipe(two(2, 2)));
  expect(both).toContain("def __init__(self, *, strides=1, rngs: nnx.Rngs):");
  expect(both.match(/strides=strides/g)).toHaveLength(2);
});

test("what a layer is given by its place, a block is given by its place; what has no default must be said", () => {
  const kernels = imageText(image.pipe(convolution(3, 1)).pipe(convolution(5, 1)));
  expect(kernels).toContain("def __init__(self, kernel_size, *, rngs: nnx.Rngs):");
  expect(kernels).toContain("self.stage2 = Stage((5, 5), rngs=rngs)");
  const normal = (epsilon: number) => graph.block("layer", graph.layerNorm({ epsilon }), { numbered: true });
  const epsilons = text(row.pipe(normal(1e-3)).pipe(normal(1e-5)));
  expect(epsilons).toContain("def __init__(self, *, epsilon, rngs: nnx.Rngs):");
  expect(epsilons).toContain("self.layer1 = Layer(epsilon=0.001, rngs=rngs)");
});

test("widths in between that are other multiples are told as an expansion, several are named by their layers", () => {
  const wide = <const Width extends number>(width: Width) =>
    graph.block("layer", graph.dense(width).relu().dense(4), { numbered: true });
  const expanded = text(row.dense(4).pipe(wide(8)).dense(6).pipe(wide(18)));
  expect(expanded).toContain("def __init__(self, in_features, *, expansion, rngs: nnx.Rngs):");
  expect(expanded).toContain("hidden = expansion * in_features");
  expect(expanded).toContain("self.layer2 = Layer(6, expansion=3, rngs=rngs)");
  const narrow = (first: number, second: number) =>
    graph.block("layer", graph.dense(first).dense(second).dense(4), { numbered: true });
  expect(text(row.pipe(narrow(3, 5)).pipe(narrow(7, 6)))).toContain(
    "def __init__(self, dense1_features, dense2_features, *, rngs: nnx.Rngs):",
  );
});

test("blocks with more options than a reader can keep apart stay classes of their own", () => {
  const windows = (kernel: number, stride: number, dilation: number, padding: "SAME" | "VALID") =>
    graph.block("stage", graph.conv2d(4, { kernel, stride, dilation, padding }), { numbered: true });
  expect(imageText(image.pipe(windows(3, 1, 1, "SAME")).pipe(windows(1, 2, 1, "VALID")))).not.toContain("Stage2");
  expect(imageText(image.pipe(windows(3, 1, 2, "SAME")).pipe(windows(1, 2, 1, "VALID")))).toContain("class Stage2");
});

test("a block that applies others is told what they are told, and no parameter hides a name that the class reads", () => {
  const outer = (stride: number) => graph.block("outer", graph.pipe(convolution(3, stride)), { numbered: true });
  const nested = imageText(image.pipe(outer(2)).pipe(outer(1)));
  expect(nested).toContain("self.stage1 = Stage(strides=strides, rngs=rngs)");
  expect(nested).toContain("self.outer1 = Outer(strides=2, rngs=rngs)");
});

test("the source map finds the layers of every block in the class, those of its first block first", () => {
  const { sourceMap } = compiled(row.pipe(layer(8)).pipe(layer(2)));
  const found = sourceMap.filter(({ file, node }) => file === "model.py" && node.endsWith("/dense1"));
  expect(found.map(({ node }) => node)).toEqual(["layer/dense1", "layer2/dense1", "layer/dense1", "layer2/dense1"]);
  expect(new Set(found.map(({ line }) => line)).size).toBe(2);
});
