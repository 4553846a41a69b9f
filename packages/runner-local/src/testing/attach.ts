// node attach.ts ROOT ID CURSOR: attaches to a run of another process, reads to its end, prints what came.
import { local } from "../local.ts";

const [root, id = "", cursor] = process.argv.slice(2);
const run = await local({ root }).attach(id, { from: cursor });
const events: (readonly [number, number, string])[] = [];
for await (const event of run) events.push([event.attempt, event.seq, event.type]);
console.log(JSON.stringify({ events, reason: (await run.result()).reason }));
