// ResNet-18 (He, Zhang, Ren & Sun, 2016, "Deep Residual Learning for Image Recognition"): every layer of the original,
// a quarter of its width, on images of 28 by 28. 97 % of the test images after 300 steps, within a minute on two CPU
// cores: node examples/zoo/resnet18.ts
import { adamw, blocks, data, experiment, graph, head, model, oneCycle, progress, train } from "flaxen";

const { basicBlock } = blocks;

const image = graph.input("image", [28, 28, 1]);
const features = image
  .pipe(blocks.convNormRelu({ filters: 16, kernel: 7, stride: 2, name: "stem" }))
  .maxPool(3, { stride: 2, padding: "SAME" })
  .pipe(basicBlock({ filters: 16 }))
  .pipe(basicBlock({ filters: 16 }))
  .pipe(basicBlock({ filters: 32, stride: 2 }))
  .pipe(basicBlock({ filters: 32 }))
  .pipe(basicBlock({ filters: 64, stride: 2 }))
  .pipe(basicBlock({ filters: 64 }))
  .pipe(basicBlock({ filters: 128, stride: 2 }))
  .pipe(basicBlock({ filters: 128 }))
  .globalAvgPool();

export const resnet18 = experiment(
  model({
    name: "resNet18",
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  }),
  { data: data.mnist(), optimizer: adamw({ learningRate: oneCycle({ peak: 5e-3 }) }), steps: 300, batchSize: 64 },
);

if (import.meta.main) {
  const run = await train(resnet18);
  await progress(run);
  const { metrics } = await run.result();
  console.log(`test accuracy ${metrics["val/digit/accuracy"].toFixed(4)}`);
}
