import { join } from "node:path";
import { defineBench } from "../harness/bench.ts";
import { capture } from "../harness/environment.ts";

const count = 1_000_000;

export const eventsSlow = defineBench({
  name: "events-slow",
  measures: [
    {
      name: "events-slow",
      about: `most memory of a process that runs a job of ${count} events and sleeps between them`,
      unit: "MB",
      goal: { relation: "<", value: 150 },
    },
  ],
  run: async ({ product, runs }) => {
    const script = join(import.meta.dirname, "slow-consumer.ts");
    const args = [...process.execArgv, script, runs, product.python, `${count}`];
    return { "events-slow": { samples: { ours: [Number(await capture(process.execPath, args))] } } };
  },
});
