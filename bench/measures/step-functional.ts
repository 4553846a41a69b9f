import { defineBench } from "../harness/bench.ts";
import { digitsContest } from "./digits-contest.ts";

export const stepFunctional = defineBench({
  name: "step-functional",
  measures: [
    {
      name: "step-functional",
      about:
        "digits MLP 64-128-128-10, batch 32, Adam, validated each epoch, against the same loop written by hand in JAX",
      unit: "µs/step",
      definition: "ours / peer",
      goal: { relation: "<=", value: 1.05 },
    },
  ],
  run: async (workplace) => {
    const found = await digitsContest(workplace, {
      script: "functional.py",
      environment: "product",
      variants: ["default"],
      split: "validated",
      epochs: 1000,
      rounds: 7,
    });
    return { "step-functional": found.default };
  },
});
