import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Run, wireEvent } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";
import { flood } from "./plain-events.ts";

const count = 400_000;
const rounds = 3;

export const events = defineBench({
  name: "events",
  measures: [
    {
      name: "events",
      about: `${count} events, one a line, checked with zod: from a worker's pipe through supervisor and log to for await`,
      unit: "events/s",
      goal: { relation: ">=", value: 250_000 },
    },
    {
      name: "events-read",
      about: "the same logs, whole on the disk: attach and for await against JSON.parse and zod over the file's lines",
      unit: "events/s",
      definition: "ours / peer",
    },
  ],
  run: async ({ product, runs }) => {
    const runner = local({ root: runs, environment: product.python });
    let last: Run | undefined;
    const found = await interleave(rounds, {
      live: async () => {
        last = await runner.submit(flood(count));
        return [await readingRate(last)];
      },
      read: async () => [await readingRate(await runner.attach(last!.id))],
      loop: async () => [loopingRate(join(last!.folder, "attempt-1", "events.jsonl"))],
    });
    return {
      events: { samples: { ours: found.live } },
      "events-read": {
        samples: { ours: found.read, peer: found.loop },
        against: "readFileSync, split, JSON.parse, wireEvent.parse",
      },
    };
  },
});

/** Events a second, from the first step to the last: what it takes to start a worker is another measure. */
const readingRate = async (run: Run): Promise<number> => {
  let began = 0;
  let taken = 0;
  for await (const event of run) {
    if (event.type !== "step") continue;
    if (taken === 0) began = performance.now();
    taken += 1;
    if (taken === count) break;
  }
  const seconds = (performance.now() - began) / 1000;
  if (taken !== count) throw new Error(`${taken} events came of ${count}.`);
  await run.result();
  return count / seconds;
};

/** The least that a reader must do for checked events: no cursor, no waiting, the whole file in memory. */
const loopingRate = (path: string): number => {
  const began = performance.now();
  let steps = 0;
  for (const line of readFileSync(path, "utf8").trimEnd().split("\n"))
    if (wireEvent.parse(JSON.parse(line)).type === "steps") steps += 1;
  return steps / ((performance.now() - began) / 1000);
};
