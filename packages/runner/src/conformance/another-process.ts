import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { isAbsolute } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { deserialize } from "node:v8";
import type { Event } from "../events.ts";
import type { Job } from "../job.ts";
import type { Cursor } from "../log/cursor.ts";
import type { SubmitOptions } from "../runner.ts";
import type { Elsewhere } from "./subject.ts";

/** What the other process does: submits a job or attaches to a run, then reads so many events and ends by itself. */
export type Task = { readonly count: number } & (
  | { readonly job: Job; readonly options: SubmitOptions }
  | { readonly id: string; readonly from?: Cursor | undefined; readonly cancel?: boolean }
);

/** Plain JavaScript, so that it needs nothing but the module that it is told. Values go through v8: JSON has no NaN. */
const script = `
import { text } from "node:stream/consumers";
import { serialize } from "node:v8";
const { module, argument, task } = JSON.parse(await text(process.stdin));
const runner = await (await import(module)).open(argument);
const run = task.job ? await runner.submit(task.job, task.options) : await runner.attach(task.id, { from: task.from });
const say = (value) => process.stdout.write(serialize(value).toString("base64") + "\\n");
say({ id: run.id });
const stream = run.events();
for (let left = task.count; left > 0; left--) {
  const { done, value } = await stream.next();
  if (done) break;
  say({ event: value, cursor: stream.cursor });
}
await stream.return();
if (task.cancel) say({ ending: await run.cancel() });
if (!task.job) await run[Symbol.asyncDispose]();
`;

export interface Said {
  readonly id?: string;
  readonly event?: Event;
  readonly cursor?: Cursor;
  readonly ending?: string;
}

/** Another Node process that works with the same runs. */
export interface AnotherProcess {
  /** What it says, as it says it; ends with the process. */
  readonly said: AsyncIterable<Said>;
  /** How it ended, and the end of what it printed as errors. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly errors: string }>;
  kill(): void;
}

export const startElsewhere = ({ module, argument, flags = [] }: Elsewhere, task: Task): AnotherProcess => {
  const child: ChildProcess = spawn(process.execPath, [...flags, "--input-type=module", "--eval", script], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-8_192);
  });
  const url = isAbsolute(module) ? pathToFileURL(module).href : module;
  child.stdin!.on("error", () => undefined).end(JSON.stringify({ module: url, argument, task }));
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, errors }));
  return { said: saidBy(child), ended, kill: () => void child.kill("SIGKILL") };
};

async function* saidBy(child: ChildProcess): AsyncGenerator<Said> {
  for await (const line of createInterface({ input: child.stdout! })) {
    yield deserialize(Buffer.from(line, "base64")) as Said;
  }
}
