import { rmSync } from "node:fs";
import { data, defineLayer, experiment, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { writeProject } from "../test/project.ts";
import { output, python } from "../test/python.ts";
import { compile } from "./compile.ts";

const source = `class Scale(nnx.Module):
    def __init__(self, features, *, by_how_much, rngs):
        self.scale = nnx.Param(by_how_much * jnp.ones(features))

    def __call__(self, x):
        return x * self.scale`;
const scale = defineLayer({
  name: "scale",
  anyOptions: true,
  weights: ({ shape }) => ({ scale: [Number(shape.at(-1))] }),
  python: source,
});
const row = graph.input("row", [4]);
const features = row.layer(scale, { byHowMuch: 3 }).pipe(graph.block("inner", graph.layer(scale, { byHowMuch: 2 })));
const net = model({ name: "scale", inputs: { row }, heads: { price: head.regression(features) } });
const columns = { row: [[1, 2, 3, 4]], price: [1] };
const whole = experiment(net, { data: data.arrays(columns), steps: 1, batchSize: 1 });

test("its Python stands in model.py as it was written, once", () => {
  const model = compile(whole.document, { allowCode: true }).program.files["model.py"]!;
  expect(model.split(source)).toHaveLength(2);
  expect(model).toContain("import jax.numpy as jnp");
  expect(model).toContain("self.own1 = Scale(4, by_how_much=3, rngs=rngs)");
  expect(model).toContain("class Scale_(nnx.Module)".replace("Scale_", "ScaleModule"));
  expect(() => compile(whole.document)).toThrow(/carries Python of its own/);
});

test("it computes and its weights are the model's", () => {
  const folder = writeProject(whole);
  const script = `
import json, sys
sys.path.insert(0, sys.argv[1])
import jax, numpy as np
from flax import nnx
import model
net = model.ScaleModule(nnx.Rngs(0))
weights = sorted("/".join(map(str, path)) for path, _ in nnx.to_flat_state(nnx.state(net, nnx.Param)))
net.price.kernel[...] = np.ones((4, 1), np.float32)
print(json.dumps([weights, float(net(np.float32([[1, 2, 3, 4]]))["price"][0, 0])]))
`;
  const [weights, value] = JSON.parse(output(python, ["-B", "-c", script, folder]));
  rmSync(folder, { recursive: true });
  expect(weights).toEqual(["inner1/own1/scale", "own1/scale", "price/bias", "price/kernel"]);
  expect(value).toBe(60);
});
