import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  blocks,
  data,
  type Experiment,
  experiment,
  graph,
  head,
  model,
  modelWeights,
  parseDocument,
} from "@flaxen/core";
import { expect, test } from "vitest";
import { modelOf } from "../test/model-of.ts";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { compile } from "./compile.ts";
import { weightNames } from "./weight-names.ts";

const rows = 4;
const [vocab, time, features, heads] = [11, 8, 16, 2] as const;
const ids = (step: number) => ({
  data: Int32Array.from({ length: rows * time }, (_, i) => (i * step) % vocab),
  shape: [rows, time] as const,
});

/** A decoder-only language model: the label of a position is the next token. */
const gpt = (layers: number): Experiment => {
  const tokens = graph.input("tokens", [time], { dtype: "int" });
  const body = tokens
    .embedding({ vocab, features })
    .dropout(0.1)
    .repeat(layers, blocks.transformerEncoder({ features, heads, causal: true, rope: true, mask: tokens.greater(0) }))
    .layerNorm();
  const net = model({
    name: "gpt",
    inputs: { tokens },
    heads: { next: head.classification(body, { classes: vocab }) },
  });
  return experiment(net, { data: data.arrays({ tokens: ids(3), next: ids(5) }), steps: 2, batchSize: 4 });
};

/** Encoder and decoder, norms behind, stochastic depth. */
const translator = (): Experiment => {
  const source = graph.input("source", [time], { dtype: "int" });
  const target = graph.input("target", [time], { dtype: "int" });
  const options = { features, heads, norm: "post", dropPath: 0.1, activation: "relu" } as const;
  const mask = source.greater(0);
  const encoded = source
    .embedding({ vocab, features })
    .repeat(1, blocks.transformerEncoder({ ...options, mask }), { name: "encoder" });
  const decoded = target
    .embedding({ vocab, features })
    .repeat(2, blocks.transformerDecoder(encoded, { ...options, contextMask: mask }), { name: "decoder" });
  const net = model({
    name: "translator",
    inputs: { source, target },
    heads: { next: head.classification(decoded, { classes: vocab }) },
  });
  const arrays = data.arrays({ source: ids(3), target: ids(7), next: ids(5) });
  return experiment(net, { data: arrays, steps: 2, batchSize: 4 });
};

/** Every block over images, and patches through an MLP. */
const images = (): Experiment => {
  const image = graph.input("image", [8, 8, 3]);
  const rough = image
    .pipe(blocks.convNormRelu({ filters: 8, stride: 2 }))
    .pipe(blocks.basicBlock({ filters: 12, stride: 2 }))
    .pipe(blocks.basicBlock({ filters: 12 }))
    .pipe(blocks.bottleneck({ filters: 4, out: 16, project: true }))
    .pipe(blocks.invertedResidual({ channels: 16, filters: 16, squeezeExcite: true }))
    .pipe(blocks.invertedResidual({ channels: 16, filters: 8, stride: 2, expansion: 1 }))
    .pipe(blocks.squeezeExcite({ features: 8 }));
  const patches = image
    .pipe(blocks.patchEmbed({ patch: 4, features }))
    .residual(blocks.mlp({ features, dropout: 0.1 }));
  const both = rough.flatten().concat(patches.flatten());
  const net = model({ name: "images", inputs: { image }, heads: { kind: head.classification(both, { classes: 3 }) } });
  const pixels = Float32Array.from({ length: rows * 8 * 8 * 3 }, (_, i) => Math.sin(i));
  const kind = Int32Array.from({ length: rows }, (_, i) => i % 3);
  const arrays = data.arrays({ image: { data: pixels, shape: [rows, 8, 8, 3] }, kind });
  return experiment(net, { data: arrays, steps: 2, batchSize: 4 });
};

const classesOf = (text: string): readonly string[] => [...text.matchAll(/^class (\w+)/gm)].map(([, name]) => name!);
const modelText = ({ document }: Experiment): string => compile(document).program.files["model.py"]!;

test("a layer of a decoder tells the mask of its context from its own", () => {
  const source = graph.input("source", [time], { dtype: "int" });
  const target = graph.input("target", [time], { dtype: "int" });
  const options = { features, heads, dropout: 0 };
  const encoded = source.embedding({ vocab, features });
  const layer = blocks.transformerDecoder(encoded, { ...options, mask: target, contextMask: source });
  const body = target.embedding({ vocab, features }).repeat(2, layer);
  const inputs = { source, target };
  const text = modelText(
    experiment(model({ name: "net", inputs, heads: { next: head.nextToken(body, { of: target, vocab }) } }), {
      data: data.arrays({ source: ids(3), target: ids(7) }),
      steps: 2,
      batchSize: 4,
    }),
  );
  expect(text).toContain("    def __call__(self, x, mask, context, context_mask):\n");
  expect(text).toContain("self.attention1(self.layer_norm1(x), mask=mask)");
  expect(text).toContain("self.cross_attention1(self.layer_norm2(x), context=context, mask=context_mask)");
  expect(text).toContain("x = layer(x, target, y, source)");
});

test("a GPT is as long with 24 layers as with 2, and a layer reads like one by hand", () => {
  const text = modelText(gpt(2));
  expect(modelText(gpt(24)).split("\n")).toHaveLength(text.split("\n").length);
  expect(text.slice(text.indexOf("\nclass"))).toMatchInlineSnapshot(`
    "
    class EncoderLayer(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.layer_norm1 = ops.LayerNorm(16, epsilon=1e-5, rngs=rngs)
            self.attention1 = ops.Attention(16, 2, causal=True, rope=10000.0, rngs=rngs)
            self.dropout1 = ops.Dropout(rngs)
            self.layer_norm2 = ops.LayerNorm(16, epsilon=1e-5, rngs=rngs)
            self.dense1 = ops.Linear(16, 64, rngs=rngs)
            self.dense2 = ops.Linear(64, 16, rngs=rngs)
            self.dropout2 = ops.Dropout(rngs)

        def __call__(self, x, mask, hp, *, train=False):
            y = self.attention1(self.layer_norm1(x), mask=mask)
            x = x + self.dropout1(y, hp["encoder_layer_dropout1"], train=train)
            y = ops.gelu(self.dense1(self.layer_norm2(x)))  # [batch, 8, 64]
            y = self.dense2(y)  # [batch, 8, 16]
            return x + self.dropout2(y, hp["encoder_layer_dropout2"], train=train)


    class Gpt(nnx.Module):
        def __init__(self, rngs: nnx.Rngs):
            self.embedding1 = nnx.Embed(11, 16, rngs=rngs)
            self.dropout1 = ops.Dropout(rngs)
            self.layers1 = nnx.List([EncoderLayer(rngs) for _ in range(2)])
            self.layer_norm1 = ops.LayerNorm(16, epsilon=1e-5, rngs=rngs)
            self.next = ops.Linear(16, 11, rngs=rngs)

        def __call__(self, tokens, hp, *, train=False):
            x = self.embedding1(tokens)  # [batch, 8, 16]
            x = self.dropout1(x, hp["dropout1"], train=train)
            greater1 = (tokens > 0).astype(jnp.int32)
            for layer in self.layers1:
                x = layer(x, greater1, hp, train=train)
            x = self.layer_norm1(x)
            return {"next": self.next(x)}  # [batch, 8, 11]
    "
  `);
});

test("each block is one class", () => {
  expect(classesOf(modelText(translator()))).toEqual(["EncoderLayer", "DecoderLayer", "Translator"]);
  expect(classesOf(modelText(images()))).toEqual([
    "ConvNormRelu",
    "BasicBlock",
    "Bottleneck",
    "InvertedResidual",
    "InvertedResidual2",
    "SqueezeExcite",
    "PatchEmbed",
    "Mlp",
    "Images",
  ]);
});

test("a shortcut changes nothing unless the shape does", () => {
  const text = modelOf([4, 4, 8], graph.pipe(blocks.basicBlock({ filters: 8 })));
  expect(text).toContain("return nnx.relu(y + x)\n");
  expect(text).not.toContain("conv3");
});

test("they train in Python, and own the arrays that the model counts", () => {
  const all = [gpt(2), translator(), images()];
  const folders = all.map(writeProject);
  const script = join(import.meta.dirname, "..", "test", "run_learning.py");
  const found = JSON.parse(output(python, ["-B", script, ...folders]));
  for (const [place, { document }] of all.entries()) {
    const { losses, shapes } = found[folders[place]!];
    expect(losses).toEqual([expect.any(Number), expect.any(Number)]);
    const names = weightNames(document);
    expect(shapes).toEqual(
      Object.fromEntries(
        Object.entries(modelWeights(parseDocument(document))).map(([name, { shape }]) => [names.get(name), shape]),
      ),
    );
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
