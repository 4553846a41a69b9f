import { defineBench } from "../harness/bench.ts";
import { digitsContest } from "./digits-contest.ts";

export const stepNnx = defineBench({
  name: "step-nnx",
  measures: [
    {
      name: "step-nnx",
      about: "digits MLP 64-128-128-10, batch 32, Adam, against the loop of Flax's nnx.jit tutorial",
      unit: "µs/step",
      definition: "peer / ours",
      goal: { relation: ">=", value: 15 },
    },
  ],
  run: async (workplace) => {
    const found = await digitsContest(workplace, {
      script: "nnx_tutorial.py",
      environment: "product",
      variants: ["default"],
      split: "whole batches",
      epochs: 300,
      rounds: 5,
    });
    return { "step-nnx": found.default };
  },
});
