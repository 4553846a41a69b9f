import { expect, test } from "vitest";
import * as z from "zod";
import { caught } from "../../../test/caught.ts";
import { runTypeScript } from "../../../test/run-typescript.ts";
import { image, row, untyped } from "../../../test/untyped.ts";
import { catalogue } from "../../catalogue/catalogue.ts";
import { graph, head, model, modelFromJSON, nodeOf, parseDocument, toTypeScript } from "../../index.ts";
import { defineLayer } from "./define-layer.ts";

const python = `
class Scale(nnx.Module):
    def __init__(self, features, *, by, rngs):
        self.scale = nnx.Param(by * jnp.ones(features))

    def __call__(self, x):
        return x * self.scale
`;
const scale = defineLayer({
  name: "scale",
  doc: "Learns a factor for each feature.",
  parameters: z.strictObject({ by: z.number().default(1) }),
  weights: ({ shape }) => ({ scale: [Number(shape.at(-1))] }),
  python,
});
const halve = defineLayer({
  name: "halve",
  infer: ({ shape, dtype }) =>
    Number(shape.at(-1)) % 2
      ? "halve needs an even number of features"
      : { shape: [...shape.slice(0, -1), Number(shape.at(-1)) / 2], dtype },
  python: "class Halve(nnx.Module):\n    def __call__(self, x):\n        return x[..., ::2]",
});

const scaled = row.layer(scale, { by: 2, name: "factors" });
const features = untyped(scaled.layer(scale))
  .layer(halve)
  .pipe(graph.block("own", graph.layer(scale)));
const net = model({ name: "net", inputs: { row }, heads: { price: head.regression(features) } });

test("shape, weights and Python stand in the document, which is whole without the definition", () => {
  expect(nodeOf(scaled)).toMatchObject({ type: "layer", shape: ["batch", 10], params: { options: { by: 2 } } });
  expect(features.shape).toEqual(["batch", 5]);
  expect(net.weights["factors/scale"]).toEqual({ shape: [10], trainable: true });
  const again = modelFromJSON(JSON.parse(JSON.stringify(net)), { allowCode: true });
  expect(again.document).toEqual(net.document);
  expect(net.summary().parameters).toBe(10 + 10 + 5 + 6);
});

test("a stranger's document with Python is refused, in blocks too", () => {
  const refused = caught(() => modelFromJSON(net.toJSON()));
  expect(refused).toMatchObject({ code: "code-refused" });
  const inBlock = model({
    inputs: { row },
    heads: { price: head.regression(row.pipe(graph.block("inner", graph.layer(scale)))) },
  });
  expect(caught(() => parseDocument(inBlock.toJSON()))).toMatchObject({ code: "code-refused" });
});

test.each([
  [() => untyped(row).layer(scale, { bye: 2 }), "unknown-option", 'scale has no option "bye". Did you mean "by"?'],
  [() => untyped(row).layer(scale, { by: "2" }), "bad-parameter", 'scale: by must be a number, but it is "2"'],
  [
    () => untyped(row).layer({}),
    "bad-parameter",
    "layer: its layer must be what defineLayer made, but it is an object",
  ],
  [() => untyped(row).dense(3).layer(halve), "shape-mismatch", "halve needs an even number of features"],
  [
    () => defineLayer({ name: "tabbed", python: "class A:\n\tpass" }),
    "own-part",
    "defineLayer: python must be printable ASCII, indented by blanks, not tabs",
  ],
  [
    () => defineLayer({ name: "two", python: "class A:\n    pass\nclass B:\n    pass" }),
    "own-part",
    'defineLayer: the Python of "two" must define one class at its left margin',
  ],
])("%#: a mistake is told", (call, code, sentence) => {
  expect(caught(call)).toMatchObject({ code, sentence });
});

test("types know the options, and the shape where it stays", () => {
  const same: readonly ["batch", 10] = row.layer(scale).shape;
  expect(same).toEqual(["batch", 10]);
  // @ts-expect-error: no such option
  expect(() => row.layer(scale, { bye: 1 })).toThrow();
  // @ts-expect-error: a number
  expect(() => row.layer(scale, { by: "1" })).toThrow();
  expect(image.layer(scale).shape).toEqual(["batch", 28, 28, 1]);
});

test("it is in the catalogue where that is asked for", () => {
  expect(catalogue({ layers: [scale] }).nodes.scale).toMatchObject({
    type: "scale",
    doc: "Learns a factor for each feature.",
    defaults: { by: 1 },
    ports: [{ name: "x", dtype: "any" }],
  });
});

test("it is printed with what it gave, and comes out the same", () => {
  const text = toTypeScript(net.toJSON());
  expect(text).toContain("defineLayer");
  expect(runTypeScript(text).net.toJSON(), text).toEqual(net.toJSON());
});
