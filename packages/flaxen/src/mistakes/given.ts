import { data, graph, head, model } from "@flaxen/core";
import { packInputs } from "../predict/feeds.ts";
import { train } from "../training/train.ts";

const image = graph.input("image", [28, 28, 1]);
const digits = model({
  inputs: { image },
  heads: {
    digit: head.classification(image.flatten().dense(128).relu(), { classes: 10, metrics: ["accuracy", "top5"] }),
  },
});
const begin = () => train(digits, { data: data.mnist(), epochs: 3 });
type DigitsRun = Awaited<ReturnType<typeof begin>>;

/** A run that tells nothing. */
export const run = { async *[Symbol.asyncIterator]() {} } as unknown as DigitsRun;

/** What reads its feeds as a trained model does, and predicts nothing. */
export const trained = {
  predict: async (inputs: Parameters<typeof packInputs>[0]) => {
    packInputs(inputs, [{ name: "image", shape: [28, 28, 1], dtype: "uint8" }]);
    return {};
  },
} as unknown as Awaited<ReturnType<DigitsRun["result"]>>;
