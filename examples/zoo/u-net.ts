// U-Net (Ronneberger, Fischer & Brox, 2015, "U-Net: Convolutional Networks for Biomedical Image Segmentation"), padded,
// two levels deep, a narrow one: which pixels belong to a disc, which to a square, under noise. A mean intersection over
// union of 0.9 after 8 epochs, in 30 seconds on two CPU cores: node examples/zoo/u-net.ts
import { adamw, blocks, cosine, data, experiment, graph, head, model, progress, train } from "flaxen";
import { shapes, size } from "./data/shapes.ts";

const twice = <const Filters extends number>(filters: Filters) =>
  graph.block("twoConvolutions", graph.pipe(blocks.convNormRelu({ filters })).pipe(blocks.convNormRelu({ filters })), {
    numbered: true,
  });

const image = graph.input("image", [size, size, 1]);
const fine = image.pipe(twice(8));
const coarse = fine.maxPool(2).pipe(twice(16));
const coarsest = coarse.maxPool(2).pipe(twice(32));
const up = coarsest.convTranspose2d(16, { kernel: 2, stride: 2 }).concat(coarse).pipe(twice(16));
const features = up.convTranspose2d(8, { kernel: 2, stride: 2 }).concat(fine).pipe(twice(8));

const { images, masks } = shapes(1200);

export const uNet = experiment(
  model({
    name: "uNet",
    inputs: { image },
    heads: { kind: head.classification(features, { classes: 3, metrics: ["accuracy", "meanIoU"] }) },
  }),
  {
    data: data.arrays({ image: images, kind: masks }, { validation: 0.2 }),
    optimizer: adamw({ learningRate: cosine({ peak: 5e-3 }) }),
    epochs: 8,
    batchSize: 32,
  },
);

if (import.meta.main) {
  const run = await train(uNet);
  await progress(run);
  const trained = await run.result();
  const fresh = shapes(1, 7);
  const { kind } = await trained.predict({ image: fresh.images });
  for (let row = 0; row < size; row += 2)
    console.log(Array.from({ length: size }, (_, column) => " o#"[kind.labels[row * size + column] ?? 0]).join(""));
  console.log(`validation: mean intersection over union ${trained.metrics["val/kind/meanIoU"].toFixed(3)}`);
}
