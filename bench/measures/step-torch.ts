import { defineBench } from "../harness/bench.ts";
import { digitsContest } from "./digits-contest.ts";

export const stepTorch = defineBench({
  name: "step-torch",
  measures: [
    {
      name: "step-torch",
      about:
        "digits MLP 64-128-128-10, batch 32, Adam, against eager PyTorch at its best number of threads and form of Adam",
      unit: "µs/step",
      definition: "peer / ours",
      goal: { relation: ">=", value: 4 },
    },
  ],
  run: async (workplace) => {
    const found = await digitsContest(workplace, {
      script: "torch_mlp.py",
      environment: "torch",
      variants: ["default"],
      split: "whole batches",
      epochs: 300,
      rounds: 5,
    });
    return { "step-torch": found.default };
  },
});
