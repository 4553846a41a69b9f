import { adam, data, experiment, graph, head, model } from "@flaxen/core";

/** The small digits of scikit-learn: trains in a second. */
export const digitsModel = () => {
  const image = graph.input("image", [64]);
  const features = image.dense(32, { name: "hidden" }).relu().dropout(0.1);
  return model({
    name: "digits",
    inputs: { image },
    heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy"] }) },
  });
};

export const digitsExperiment = (epochs = 2) =>
  experiment(digitsModel(), {
    data: data.digits(),
    optimizer: adam({ learningRate: 3e-3 }),
    epochs,
    batchSize: 64,
    seed: 1,
  });
