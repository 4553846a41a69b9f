import { graph, head, model } from "flaxen";

/** 64-128-128-10 with relu, or with another number of hidden units. */
export const digitsMlp = (units = 128) => {
  const image = graph.input("image", [64]);
  const features = image.dense(units).relu().dense(units).relu();
  return model({
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
};

/** Convolution 32, pool, convolution 64, pool, dense 128, 10 classes. */
export const mnistCnn = () => {
  const image = graph.input("image", [28, 28, 1]);
  const features = image
    .conv2d(32, { kernel: 3 })
    .relu()
    .maxPool(2)
    .conv2d(64, { kernel: 3 })
    .relu()
    .maxPool(2)
    .flatten()
    .dense(128)
    .relu();
  return model({
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
};
