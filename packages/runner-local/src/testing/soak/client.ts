// node client.ts ARGUMENT: follows a run from a cursor; prints a line an event, `lost` where the run is, and ends.
import { RunLostError } from "@flaxen/runner";
import { type Argument, open } from "../subjects.ts";
import { seenEvent, toLine } from "./seen-event.ts";

export interface ClientTask {
  readonly argument: Argument;
  readonly id: string;
  readonly from: string | undefined;
}

const { argument, id, from } = JSON.parse(process.argv[2]!) as ClientTask;
const runner = await open(argument);
const run = await runner.attach!(id, { from });
const stream = run.events();
try {
  for await (const event of stream) process.stdout.write(toLine(seenEvent(event, stream.cursor)));
} catch (error) {
  if (!RunLostError.isInstance(error)) throw error;
  process.stdout.write("lost\n");
}
await run[Symbol.asyncDispose]();
