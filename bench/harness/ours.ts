import type { Mark } from "./marks.ts";

/** What is read of a run of ours: any `Run` of the public API is one. */
export interface RunOfOurs
  extends AsyncIterable<{ readonly type: string; readonly m: number; readonly step?: number }> {
  result(): Promise<unknown>;
}

/**
 * When how many steps were done, from the run's own events and their monotonic clock: once an epoch, or once for each
 * report of steps. Rejects when the run does not end well.
 */
export const marksOf = async (run: RunOfOurs, by: "epoch" | "step"): Promise<readonly Mark[]> => {
  const marks: Mark[] = [];
  for await (const event of run) {
    if (event.type !== by || event.step === undefined) continue;
    const mark = { step: event.step, seconds: event.m / 1000 };
    // The steps of one report carry its time: the last of them is what was done by then.
    if (marks.at(-1)?.seconds === mark.seconds) marks.pop();
    marks.push(mark);
  }
  await run.result();
  return marks;
};
