import { defineBench } from "../harness/bench.ts";
import { mnistContest } from "./mnist-contest.ts";

export const cnnKeras = defineBench({
  name: "cnn-keras",
  measures: [
    {
      name: "cnn-keras",
      about: "MNIST CNN (32, pool, 64, pool, 128, 10), batch 128, Adam, an epoch, against fit of Keras on JAX",
      unit: "s/epoch",
      definition: "peer / ours",
      goal: { relation: ">=", value: 1.8 },
    },
  ],
  run: async (workplace) => ({ "cnn-keras": await mnistContest(workplace, "keras_cnn.py", "keras", 3) }),
});
