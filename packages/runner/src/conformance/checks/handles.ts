import { readdirSync } from "node:fs";
import type { Run } from "../../runner.ts";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import type { CheckContext } from "../context.ts";
import { jobOf } from "../programs.ts";

/** Milliseconds in which what was abandoned must be closed. */
const patience = 5_000;

/** How many of each kind this process has open: what keeps the loop alive, and file descriptors where they can be counted. */
const openThings = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (process.platform === "linux") counts.set("file descriptor", readdirSync("/proc/self/fd").length);
  return counts;
};

const leftOpen = (before: ReadonlyMap<string, number>): string[] =>
  [...openThings()].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} ${kind}`] : [];
  });

const mustBeClosed = async (run: Run, before: ReadonlyMap<string, number>, about: string): Promise<void> => {
  const deadline = performance.now() + patience;
  for (let left = leftOpen(before); left.length > 0; left = leftOpen(before)) {
    if (performance.now() > deadline) {
      throw new ConformanceError({ run: run.id }, `${about} left open: ${left.join(", ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Every way in which a consumer may stop. */
const abandon = async (run: Run, round: number): Promise<void> => {
  run[Symbol.asyncIterator]();
  for await (const _ of run) break;
  const waiting = run.events();
  for (let events = 0; events < 4; events++) await waiting.next();
  const never = waiting.next();
  await waiting.return();
  await never;
  const abort = new AbortController();
  const aborted = run.events({ signal: abort.signal });
  await aborted.next();
  abort.abort();
  const thrown = async () => {
    for await (const event of run) throw new Error(`round ${round}: ${event.type}`);
  };
  await thrown().catch(() => undefined);
  await using disposed = run.events();
  await disposed.next();
};

const check = async ({ submit, until }: CheckContext): Promise<void> => {
  const run = await submit(jobOf('steps(0, 1.0)\nasked.wait()\nresult("cancelled", step=1)'));
  await until(run, ({ type }) => type === "step", "a step");
  await abandon(run, 0);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = openThings();
  for (let round = 1; round <= 10; round++) await abandon(run, round);
  await mustBeClosed(run, before, "60 abandoned iterators");
  const forgotten = Array.from({ length: 5 }, () => run.events());
  for (const stream of forgotten) await stream.next();
  await run.cancel();
  await run[Symbol.asyncDispose]();
  await mustBeClosed(run, before, "five forgotten iterators of a run that was disposed of");
};

export const handleChecks: readonly Check[] = [
  { name: "iterators that are abandoned, in whatever way, leave nothing open", needs: [], run: check },
];
