// node submit.ts ROOT HOME PYTHON OPTIONS [until CURSOR-STEP]: submits, prints the run's id, and does nothing more; or
// reads until a step, prints what came (seq and type), the cursor, and kills itself.

import { local } from "../local.ts";
import { findPython } from "../python/find-python.ts";
import { jobOf } from "./programs.ts";

const [root, home, python = "", options = "{}", step] = process.argv.slice(2);
const { executable } = await findPython();
const runner = local({ root, home, environment: executable });
const run = await runner.submit(jobOf(python), JSON.parse(options));
const events: (readonly [number, number, string])[] = [];
const stream = run.events();
if (step === undefined) console.log(JSON.stringify({ id: run.id }));
else
  for await (const event of stream) {
    events.push([event.attempt, event.seq, event.type]);
    if (event.type !== "step" || event.step !== Number(step)) continue;
    const told = JSON.stringify({ id: run.id, cursor: stream.cursor, events });
    process.stdout.write(told, () => process.kill(process.pid, "SIGKILL"));
    break;
  }
