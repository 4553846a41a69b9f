// MobileNetV2 (Sandler, Howard, Zhu, Zhmoginov & Chen, 2018, "Inverted Residuals and Linear Bottlenecks"): the 17 blocks
// of the paper's table at a quarter of their width. Images of 28 by 28 are halved three times, not five times. 90 % of
// the test images after 300 steps, in a minute on two CPU cores: node examples/zoo/mobilenet-v2.ts
import { adamw, blocks, data, experiment, graph, head, model, oneCycle, progress, train } from "flaxen";

const { convNormRelu, invertedResidual } = blocks;

const image = graph.input("image", [28, 28, 1]);
const features = image
  .pipe(convNormRelu({ filters: 8, stride: 2, activation: "relu6" }))
  .pipe(invertedResidual({ channels: 8, filters: 4, expansion: 1 }))
  .pipe(invertedResidual({ channels: 4, filters: 6 }))
  .pipe(invertedResidual({ channels: 6, filters: 6 }))
  .pipe(invertedResidual({ channels: 6, filters: 8, stride: 2 }))
  .repeat(2, invertedResidual({ channels: 8, filters: 8 }))
  .pipe(invertedResidual({ channels: 8, filters: 16, stride: 2 }))
  .repeat(3, invertedResidual({ channels: 16, filters: 16 }))
  .pipe(invertedResidual({ channels: 16, filters: 24 }))
  .repeat(2, invertedResidual({ channels: 24, filters: 24 }))
  .pipe(invertedResidual({ channels: 24, filters: 40 }))
  .repeat(2, invertedResidual({ channels: 40, filters: 40 }))
  .pipe(invertedResidual({ channels: 40, filters: 80 }))
  .pipe(convNormRelu({ filters: 320, kernel: 1, activation: "relu6" }))
  .globalAvgPool()
  .dropout(0.2);

export const mobilenetV2 = experiment(
  model({
    name: "mobileNetV2",
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  }),
  { data: data.mnist(), optimizer: adamw({ learningRate: oneCycle({ peak: 5e-3 }) }), steps: 300, batchSize: 64 },
);

if (import.meta.main) {
  const run = await train(mobilenetV2);
  await progress(run);
  const { metrics } = await run.result();
  console.log(`test accuracy ${metrics["val/digit/accuracy"].toFixed(4)}`);
}
