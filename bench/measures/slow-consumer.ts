// node slow-consumer.ts ROOT PYTHON EVENTS: starts a run of so many events and sleeps while they pile up. Prints the
// most memory that this process ever used, in megabytes.
import { setTimeout } from "node:timers/promises";
import { local } from "@flaxen/runner-local";
import { flood } from "./plain-events.ts";

const [root, environment, events] = process.argv.slice(2);
const run = await local({ root, environment }).submit(flood(Number(events)));
let expected = 0;
for await (const event of run) {
  if (event.seq !== expected) throw new Error(`event ${event.seq} came where ${expected} was due`);
  expected += 1;
  if (expected % 1_000 === 0) await setTimeout(2);
}
console.log(process.resourceUsage().maxRSS / 1_000);
