import { data, experiment, graph, head, model, type Tensor } from "@flaxen/core";
import { expect, test } from "vitest";
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
        def __init__(self, in_features, out_features, rngs: nnx.Rngs):
            self.dense1 = nnx.Linear(in_features, out_features, rngs=rngs)
            self.layer_norm1 = nnx.LayerNorm(out_features, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

        def __call__(self, x):
            return self.layer_norm1(nnx.relu(self.dense1(x)))  # [batch, out_features]


    class Funnel(nnx.Module):
        def __init__(self, in_features, out_features, rngs: nnx.Rngs):
            hidden = 3 * in_features
            self.dense1 = nnx.Linear(in_features, hidden, rngs=rngs)
            self.layer1 = Layer(hidden, out_features, rngs)

        def __call__(self, x):
            x = self.dense1(x)  # [batch, hidden]
            return self.layer1(x)  # [batch, out_features]


    class Net(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.funnel1 = Funnel(4, 8, rngs)
            self.funnel2 = Funnel(8, 2, rngs)
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
  expect(printed).toContain("def __init__(self, in_features, out_features, rngs: nnx.Rngs):");
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

test("the source map finds the layers of every block in the class, those of its first block first", () => {
  const { sourceMap } = compiled(row.pipe(layer(8)).pipe(layer(2)));
  const found = sourceMap.filter(({ file, node }) => file === "model.py" && node.endsWith("/dense1"));
  expect(found.map(({ node }) => node)).toEqual(["layer/dense1", "layer2/dense1", "layer/dense1", "layer2/dense1"]);
  expect(new Set(found.map(({ line }) => line)).size).toBe(2);
});
