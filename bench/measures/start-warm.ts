import { setTimeout } from "node:timers/promises";
import { local } from "@flaxen/runner-local";
import { defineBench } from "../harness/bench.ts";
import { firstStep } from "./first-step.ts";

const requests = 8;
/** Hidden units of two programs that take turns: one place keeps one idle worker, which is then always the other's. */
const programs = [120, 136] as const;
/** Milliseconds after which a spare process has imported its packages. */
const imported = 8_000;

export const startWarm = defineBench({
  name: "start-warm",
  measures: [
    {
      name: "start-warm",
      about: `from train to the first step's event, digits MLP, in a spare process with XLA's cache: ${requests} requests`,
      unit: "ms",
      goal: { relation: "<=", value: 800 },
    },
  ],
  run: async ({ product, runs, digits }) => {
    const runner = local({ root: runs, environment: product.python, slots: 1 });
    const request = { runner, digits: await digits() };
    for (const units of programs) await firstStep({ ...request, units });
    const milliseconds: number[] = [];
    for (let number = 0; number < requests; number++) {
      await setTimeout(imported);
      const found = await firstStep({ ...request, units: programs[number % programs.length] });
      if (found.warm) throw new Error("the program's own worker was still there.");
      milliseconds.push(found.milliseconds);
    }
    return { "start-warm": { samples: { ours: milliseconds } } };
  },
});
