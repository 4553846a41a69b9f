import { rmSync } from "node:fs";
import { type Block, blocks, data, experiment, graph, head, model, type Tensor } from "@flaxen/core";
import { expect, test } from "vitest";
import { modelText } from "../../test/model-of.ts";
import { writeProject } from "../../test/project.ts";
import { runPython } from "../../test/python.ts";
import { compile } from "../compile.ts";

const rows = 6;
const image = graph.input("image", [8, 8, 4]);
const row = graph.input("row", [4]);
const text = (inputs: Parameters<typeof modelText>[0], made: Tensor): string => {
  const printed = modelText(inputs, made);
  return printed.slice(printed.indexOf("class"));
};
const classesOf = (printed: string) => [...printed.matchAll(/^class (\w+)/gm)].map(([, found]) => found);
const { basicBlock, invertedResidual } = blocks;
/** A block of any rule as one that changes nothing in types. */
const loose = (block: unknown) => block as Block<[]>;

test("a shortcut that is projected where the shape changes", () => {
  const made = image.pipe(basicBlock({ filters: 4 })).pipe(basicBlock({ filters: 8, stride: 2 }));
  expect(text({ image }, made)).toMatchInlineSnapshot(`
    "class BasicBlock(nnx.Module):
        def __init__(self, out_features, *, strides=1, project=False, rngs: nnx.Rngs):
            self.conv1 = ops.Conv(4, out_features, (3, 3), strides=strides, use_bias=False, rngs=rngs)
            self.norm1 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
            self.conv2 = ops.Conv(out_features, out_features, (3, 3), use_bias=False, rngs=rngs)
            self.norm2 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)
            self.project = project
            if self.project:
                self.conv3 = ops.Conv(4, out_features, (1, 1), strides=strides, use_bias=False, rngs=rngs)
                self.norm3 = nnx.BatchNorm(out_features, momentum=0.9, epsilon=1e-5, use_fast_variance=False, rngs=rngs)

        def __call__(self, x, *, train=False):
            y = nnx.relu(self.norm1(self.conv1(x), use_running_average=not train))  # [batch, ..., out_features]
            y = self.norm2(self.conv2(y), use_running_average=not train)
            if self.project:
                x = self.norm3(self.conv3(x), use_running_average=not train)  # [batch, ..., out_features]
            return nnx.relu(y + x)


    class Net(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.basic_block1 = BasicBlock(4, rngs=rngs)
            self.basic_block2 = BasicBlock(8, strides=2, project=True, rngs=rngs)
            self.price = nnx.Linear(128, 1, rngs=rngs)

        def __call__(self, image, *, train=False):
            x = self.basic_block1(image, train=train)
            x = self.basic_block2(x, train=train)  # [batch, 4, 4, 8]
            x = x.reshape(x.shape[0], -1)  # [batch, 128]
            return {"price": self.price(x)}  # [batch, 1]
    "
  `);
});

test("a residual where as much goes out as comes in; where that does not follow, the class is told", () => {
  const bottleneck = (channels: number, filters: number, stride = 1) =>
    loose(invertedResidual({ channels, filters, stride }));
  const inferred = text({ image }, image.pipe(bottleneck(4, 4)).pipe(bottleneck(4, 6)).pipe(bottleneck(6, 8)));
  expect(inferred).toContain("        self.residual = in_features == out_features\n");
  expect(inferred).toContain("        return x + y if self.residual else y\n");
  const told = text({ image }, image.pipe(bottleneck(4, 4)).pipe(bottleneck(4, 4, 2)));
  expect(told).toContain("def __init__(self, *, strides=1, residual=False, rngs: nnx.Rngs):");
  expect(told).toContain("        self.residual = residual\n");
  expect(told).toContain("self.inverted_residual1 = InvertedResidual(residual=True, rngs=rngs)");
  expect(told).toContain("self.inverted_residual2 = InvertedResidual(strides=2, rngs=rngs)");
});

const body = (activation: "relu" | "tanh" = "relu") => graph.dense(4)[activation]().dense(4);
const plain = graph.block("layer", body(), { numbered: true });

test("a sum that more is made of is one line under its condition", () => {
  const plainly = graph.block("layer", body().relu(), { numbered: true });
  const summed = graph.block("layer", graph.residual(body()).relu(), { numbered: true });
  expect(text({ row }, row.pipe(plainly).pipe(summed))).toContain(`
        y = nnx.relu(self.dense1(x))
        y = self.dense2(y)
        if self.residual:
            y = x + y
        return nnx.relu(y)
`);
});

test("a layer of the user's that is called as the attribute would be keeps its name", () => {
  const named = () => graph.dense(4, { name: "residual" }).relu().dense(4);
  const one = graph.block("layer", named(), { numbered: true });
  const other = graph.block("layer", graph.residual(named()), { numbered: true });
  const printed = text({ row }, row.pipe(one).pipe(other));
  expect(printed).toContain("def __init__(self, *, residual_=False, rngs: nnx.Rngs):");
  expect(printed).toContain(
    "        self.residual_ = residual_\n        self.residual = nnx.Linear(4, 4, rngs=rngs)\n",
  );
  expect(printed).toContain("return x + y if self.residual_ else y");
  expect(printed).toContain("self.layer2 = Layer(residual_=True, rngs=rngs)");
});

test("a class whose blocks are told of a residual too is told apart from them", () => {
  const outer = (inner: Block<[]>, more: boolean) => {
    const inside = graph.pipe(inner).dense(4);
    return graph.block("outer", loose(more ? graph.residual(inside) : inside), { numbered: true });
  };
  const [less, more] = [plain, graph.block("layer", graph.residual(body()), { numbered: true })].map(loose);
  const made = row.pipe(outer(less!, false)).pipe(outer(more!, false)).pipe(outer(less!, true));
  const printed = text({ row }, made as Tensor);
  expect(printed).toContain("def __init__(self, *, residual=False, residual_=False, rngs: nnx.Rngs):");
  expect(printed).toContain("self.layer1 = Layer(residual=residual, rngs=rngs)");
  expect(printed).toContain("self.residual = residual_\n");
  expect(printed).toContain("self.outer2 = Outer(residual=True, rngs=rngs)");
  expect(printed).toContain("self.outer3 = Outer(residual_=True, rngs=rngs)");
});

test("what differs in more than one part, or in a part of another kind, stays apart", () => {
  const tanh = graph.block("layer", graph.residual(body("tanh")), { numbered: true });
  expect(classesOf(text({ row }, row.pipe(plain).pipe(tanh)))).toEqual(["Layer", "Layer2", "Net"]);
  const longer = graph.block("layer", body().relu(), { numbered: true });
  expect(classesOf(text({ row }, row.pipe(plain).pipe(longer)))).toEqual(["Layer", "Layer2", "Net"]);
  const multiplied = graph.block("layer", graph.parallel([graph.identity(), body()], "multiply"), { numbered: true });
  expect(classesOf(text({ row }, row.pipe(plain).pipe(multiplied)))).toEqual(["Layer", "Layer2", "Net"]);
  const named = graph.block("other", graph.residual(body()));
  expect(classesOf(text({ row }, row.pipe(plain).pipe(named)))).toEqual(["Layer", "Other", "Net"]);
});

test("what is read again after the shortcut is not overwritten by it", () => {
  const twice = (shortcut: Block<[]>) =>
    graph.block("layer", graph.residual(graph.parallel([graph.dense(4).relu(), shortcut], "add")), { numbered: true });
  const made = row.pipe(twice(loose(graph.identity()))).pipe(twice(loose(graph.dense(4))));
  expect(classesOf(text({ row }, made as Tensor))).toEqual(["Layer", "Layer2", "Net"]);
});

const small = graph.input("small", [4, 4, 4]);

/** The same layers, of one name or each of its own. */
const network = (name: (count: number) => string) => {
  const made = small
    .pipe(basicBlock({ filters: 4, name: name(1) }))
    .pipe(basicBlock({ filters: 6, stride: 2, name: name(2) }))
    .pipe(invertedResidual({ channels: 6, filters: 6, expansion: 2, name: `wide${name(3)}` }))
    .pipe(invertedResidual({ channels: 6, filters: 5, expansion: 3, name: `wide${name(4)}` }));
  const heads = { kind: head.classification(made.flatten() as Tensor, { classes: 3 }) };
  const pixels = Float32Array.from({ length: rows * 4 * 4 * 4 }, (_, i) => Math.sin(i));
  const kind = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const arrays = data.arrays({ small: { data: pixels, shape: [rows, 4, 4, 4] }, kind });
  const net = model({ name: "net", inputs: { small }, heads });
  return experiment(net, { data: arrays, steps: 3, batchSize: 3 });
};
const words = ["one", "two", "three", "four"];

/** The logits of new models of one seed. */
const forward = `
import json, pathlib, sys
import jax.numpy as jnp
from flax import nnx

folders = json.load(sys.stdin)
sys.path.insert(0, folders[0])
rows = jnp.sin(jnp.arange(6 * 4 * 4 * 4, dtype=jnp.float32)).reshape(6, 4, 4, 4)
made = []
for folder in folders:
    names = {}
    exec((pathlib.Path(folder) / "model.py").read_text(), names)
    made.append(names["Net"](nnx.Rngs(1))(rows, train=True)["kind"].tolist())
print(json.dumps(made))
`;

test("one class computes what classes of their own compute", () => {
  const both = [network(() => "block"), network((count) => words[count - 1]!)];
  const classes = both.map(({ document }) => classesOf(compile(document).program.files["model.py"]!));
  expect(classes[0]).toEqual(["Block", "Wideblock", "Net"]);
  expect(classes[1]).toHaveLength(5);
  const folders = both.map(writeProject);
  const [merged, apart] = runPython(forward, folders) as readonly number[][][];
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  expect(merged!.flat()).toHaveLength(rows * 3);
  expect(merged).toEqual(apart);
});

test("the source map finds a part in the block that has it, and what both have in both", () => {
  const { sourceMap, files } = compile(network(() => "block").document).program;
  const lines = files["model.py"]!.split("\n");
  const linesOf = (node: string) =>
    sourceMap
      .filter((range) => range.node === node && range.file === "model.py")
      .map(({ line }) => lines[line - 1]!.trim());
  expect(linesOf("block2/conv3")).toEqual([
    "self.conv3 = ops.Conv(4, out_features, (1, 1), strides=strides, use_bias=False, rngs=rngs)",
    "x = self.norm3(self.conv3(x), use_running_average=not train)  # [batch, ..., out_features]",
  ]);
  expect(linesOf("block/conv3")).toEqual([]);
  expect(linesOf("block/conv1")).toEqual(linesOf("block2/conv1"));
  expect(linesOf("wideblock/add1")).toEqual(["return x + y if self.residual else y"]);
});
