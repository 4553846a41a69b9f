// node sleepy.ts SUBJECT ID: reads a run to its end, sleeping on the way; prints what it saw and the memory that it took.
import { setTimeout as sleep } from "node:timers/promises";
import { open } from "../testing/subjects.ts";

const [subject = "", id = ""] = process.argv.slice(2);
const runner = await open(JSON.parse(subject) as Parameters<typeof open>[0]);
const run = await runner.attach!(id);
let steps = 0;
let wrong = 0;
let last = "";
console.log("attached");
for await (const event of run) {
  last = event.type;
  if (event.type !== "step") continue;
  if (event.step !== steps || event.metrics.loss !== steps) wrong += 1;
  steps += 1;
  if (steps % 2_000 === 0) await sleep(10);
}
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ steps, wrong, last, megabytes })}\n`, () => process.exit());
