// node show.ts [PAUSE [ENDING]]: shows the story of a run, PAUSE milliseconds between its events, on stderr.
// ENDING: "throw" lets the stream fail, "crash" the script, "exit" ends it, "wait" stays until it is killed.
import { setTimeout as sleep } from "node:timers/promises";
import { progress } from "../progress.ts";
import { story } from "./story.ts";

const [pause = "0", ending] = process.argv.slice(2);

const events = async function* () {
  for (const event of story) {
    if (event.type === "attempt.ended" && ending) await end();
    yield event;
    await sleep(Number(pause));
  }
};
const end = async () => {
  await sleep(200);
  if (ending === "throw") throw new Error("Run r_1 is lost: the supervisor ended (SIGKILL)");
  if (ending === "crash") setImmediate(() => JSON.parse("no JSON"));
  if (ending === "exit") process.exit(7);
  await sleep(10_000);
};
console.log("mine: before");
await progress(events()).catch((error: Error) => console.log(`mine: ${error.message}`));
console.log("mine: after");
