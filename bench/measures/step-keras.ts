import { defineBench } from "../harness/bench.ts";
import { digitsContest } from "./digits-contest.ts";

export const stepKeras = defineBench({
  name: "step-keras",
  measures: [
    {
      name: "step-keras",
      about: "digits MLP 64-128-128-10, batch 32, Adam, against fit of Keras on JAX as it stands",
      unit: "µs/step",
      definition: "peer / ours",
      goal: { relation: ">=", value: 2 },
    },
    {
      name: "step-keras-best",
      about: "the same, against fit at its best steps_per_execution (1 to 56)",
      unit: "µs/step",
      definition: "peer / ours",
      goal: { relation: ">=", value: 1.3 },
    },
  ],
  run: async (workplace) => {
    const found = await digitsContest(workplace, {
      script: "keras_mlp.py",
      environment: "keras",
      variants: ["default", "best"],
      split: "whole batches",
      epochs: 300,
      rounds: 5,
    });
    return { "step-keras": found.default, "step-keras-best": found.best };
  },
});
