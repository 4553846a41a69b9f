import { rmSync } from "node:fs";
import { join } from "node:path";
import { data, experiment, graph, head, model, modelWeights, parseDocument } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../../../test/model-of.ts";
import { writeProject } from "../../../test/project.ts";
import { output, python, ruff } from "../../../test/python.ts";
import { compile } from "../../compile.ts";
import { weightNames } from "../../weight-names.ts";

const rows = 16;
const numbers = (width: number) => ({
  data: Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i)),
  shape: [rows, width] as const,
});

const layered = () => {
  const row = graph.input("row", [6]);
  const memory = graph.input("memory", [6]);
  const tied = graph.block("tied", graph.residual(graph.dense(6).tanh()), { shared: true });
  const features = row
    .repeat(2, graph.dense(6).relu().dropPath(0.1), { name: "tower" })
    .repeat(3, tied)
    .repeat(2, (h) => h.dense(6).add(memory.dense(6)).gaussianNoise(0.01), { name: "decoder" });
  const net = model({ name: "layered", inputs: { row, memory }, heads: { price: head.regression(features) } });
  return experiment(net, {
    data: data.arrays({ row: numbers(6), memory: numbers(6), price: numbers(1) }),
    steps: 2,
    batchSize: 8,
  });
};

test("one class and one loop; what the layers read from outside is handed to each", () => {
  const text = compile(layered().document).program.files["model.py"]!;
  expect(text.slice(text.indexOf("class"))).toMatchInlineSnapshot(`
    "class TowerLayer(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.dense1 = nnx.Linear(6, 6, rngs=rngs)
            self.drop_path1 = ops.DropPath(rngs)

        def __call__(self, x, hp, *, train=False):
            x = nnx.relu(self.dense1(x))
            return self.drop_path1(x, hp["tower_layer_drop_path1"], train=train)


    class Tied(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.dense1 = nnx.Linear(6, 6, rngs=rngs)

        def __call__(self, x):
            return x + nnx.tanh(self.dense1(x))


    class DecoderLayer(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.dense1 = nnx.Linear(6, 6, rngs=rngs)
            self.dense2 = nnx.Linear(6, 6, rngs=rngs)
            self.gaussian_noise1 = ops.GaussianNoise(rngs)

        def __call__(self, x, context, hp, *, train=False):
            x = self.dense1(x)
            x = x + self.dense2(context)
            return self.gaussian_noise1(x, hp["decoder_layer_gaussian_noise1"], train=train)


    class Layered(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.tower = nnx.List([TowerLayer(rngs) for _ in range(2)])
            self.tied = Tied(rngs)
            self.decoder = nnx.List([DecoderLayer(rngs) for _ in range(2)])
            self.price = nnx.Linear(6, 1, rngs=rngs)

        def __call__(self, row, memory, hp, *, train=False):
            x = row
            for layer in self.tower:
                x = layer(x, hp, train=train)
            for _ in range(3):
                x = self.tied(x)
            for layer in self.decoder:
                x = layer(x, memory, hp, train=train)
            return {"price": self.price(x)}  # [batch, 1]
    "
  `);
});

test("what is printed does not grow with the count", () => {
  const lines = (count: number) =>
    modelOf([6], graph.repeat(count, graph.residual(graph.layerNorm().dense(6).gelu().dropout(0.1)))).split("\n");
  expect(lines(24)).toHaveLength(lines(2).length);
  expect(lines(24).join("\n").replace("range(24)", "range(2)").split("\n").slice(2)).toEqual(lines(2).slice(2));
});

test.each([
  ["a loop at the end of a block", graph.pipe(graph.block("tower", graph.relu().repeat(2, graph.dense(6))))],
  ["loops in loops", graph.repeat(2, graph.repeat(3, graph.dense(6)).relu())],
  ["a loop over what a function gives", graph.pipe((h) => h.relu()).repeat(2, graph.dense(6))],
])("%s prints as ruff would have it", (_, block) => {
  const input = modelOf([6], block);
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input })).toBe("");
});

test("a tensor that layers read is kept in a variable of its own while they run", () => {
  const row = graph.input("row", [6]);
  const start = row.dense(6).relu();
  const features = start.repeat(2, (h) => h.dense(6).add(start));
  const net = model({ name: "net", inputs: { row }, heads: { price: head.regression(features) } });
  const whole = experiment(net, { data: data.arrays({ row: numbers(6), price: numbers(1) }), steps: 1, batchSize: 2 });
  expect(compile(whole.document).program.files["model.py"]).toContain(`\
        x = nnx.relu(self.dense1(row))
        y = x
        for layer in self.layers1:
            y = layer(y, x)
`);
});

test("the source map names the loop, the layers inside by their block", () => {
  const { sourceMap } = compile(layered().document).program;
  const nodes = new Set(sourceMap.map(({ node }) => node));
  for (const node of ["tower", "towerLayer/dense1", "decoderLayer/gaussianNoise1"]) expect(nodes).toContain(node);
});

test("weights have names of their own in every layer: trained, saved, read again, they predict as NumPy does", () => {
  const whole = layered();
  const names = weightNames(whole.document);
  const weights = modelWeights(parseDocument(whole.document));
  expect([...names.keys()]).toEqual(Object.keys(weights));
  const folder = writeProject(whole);
  const script = join(import.meta.dirname, "..", "..", "..", "test", "check_repeat.py");
  const found = JSON.parse(output(python, ["-B", script, folder]));
  rmSync(folder, { recursive: true, force: true });
  expect(found.shapes).toEqual(
    Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [names.get(name), shape])),
  );
  expect(Object.keys(found.shapes)).toContain("decoder/1/dense2/kernel");
  expect(found.losses).toEqual([expect.any(Number), expect.any(Number)]);
  expect(found.error).toBeLessThan(1e-5);
  expect(found.trained).toBeGreaterThan(1e-4);
});
