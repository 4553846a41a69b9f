import { local } from "@flaxen/runner-local";
import { defineBench } from "../harness/bench.ts";
import { firstStep } from "./first-step.ts";

/** Requests that do not count: the first starts Python, the next ones are Node's first through its own code. */
const warmUp = 10;
const requests = 30;

export const startSeen = defineBench({
  name: "start-seen",
  measures: [
    {
      name: "start-seen",
      about: `from train to the first step's event, digits MLP, a program that its worker has run before: ${requests} requests`,
      unit: "ms",
      goal: { relation: "<=", value: 30 },
    },
  ],
  run: async ({ product, runs, digits }) => {
    const runner = local({ root: runs, environment: product.python });
    const request = { runner, digits: await digits() };
    const milliseconds: number[] = [];
    for (let number = 0; number < warmUp + requests; number++) {
      const found = await firstStep({ ...request, learningRate: 1e-3 + number * 1e-5 });
      if (number < warmUp) continue;
      if (!found.warm) throw new Error("a worker that had not run the program before was taken.");
      milliseconds.push(found.milliseconds);
    }
    return { "start-seen": { samples: { ours: milliseconds } } };
  },
});
