import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import type { CheckContext } from "../context.ts";
import { countingRun } from "../known.ts";
import { mustHold } from "../must.ts";
import { verifier } from "../verifier.ts";

/** Milliseconds that an event may come later than the quickest of its run did. */
const mostLag = 5_000;
/** Bytes that the process may grow by while a million events wait. */
const mostGrowth = 150 * 1024 * 1024;
const sampleEvery = 5_000;

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const keepUp = async ({ read, scale, submit }: CheckContext): Promise<void> => {
  const known = countingRun({ steps: scale.seconds * 1_000, rate: 1_000 });
  const run = await submit(known.job);
  const check = verifier(run, known);
  const stream = read(run);
  let quickest = Number.POSITIVE_INFINITY;
  let lag = 0;
  for await (const event of stream) {
    check.take(event, () => stream.cursor);
    const late = performance.now() - event.m;
    quickest = Math.min(quickest, late);
    lag = Math.max(lag, late - quickest);
  }
  check.end();
  mustHold(run, `an event came ${Math.round(lag)} ms late, more than ${mostLag}`, lag <= mostLag);
};

const drain = async ({ read, scale, submit }: CheckContext): Promise<void> => {
  const known = countingRun({ steps: scale.backlog, batch: 100 });
  const run = await submit(known.job);
  await run.result();
  const before = process.memoryUsage().rss;
  let growth = 0;
  const sample = () => {
    growth = Math.max(growth, process.memoryUsage().rss - before);
  };
  const check = verifier(run, known);
  const stream = read(run);
  let count = 0;
  for await (const event of stream) {
    check.take(event, () => stream.cursor);
    count += 1;
    // A consumer that sleeps: whatever reads ahead of it without a bound has the time to do so.
    if (count === 1) await pause(1_000);
    if (count % sampleEvery === 0) {
      sample();
      await pause(0);
    }
  }
  check.end();
  if (growth > mostGrowth) {
    const what = `reading its ${scale.backlog} events took ${Math.round(growth / 2 ** 20)} MiB of memory`;
    throw new ConformanceError({ run: run.id }, what, { expected: `at most ${mostGrowth / 2 ** 20} MiB` });
  }
};

export const loadChecks: readonly Check[] = [
  {
    name: "1,000 events a second: none missing, none late",
    needs: [],
    seconds: ({ seconds }) => 60 + seconds * 2,
    run: keepUp,
  },
  {
    name: "a backlog waits for a slow consumer, who reads it in bounded memory",
    needs: [],
    seconds: ({ backlog }) => 60 + backlog / 5_000,
    run: drain,
  },
];
