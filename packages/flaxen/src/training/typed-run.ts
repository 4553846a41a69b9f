import type { Event, EventStream, Run as PlainRun, RunResult } from "@flaxen/runner";
import { MetricMismatchError } from "../errors/run.ts";
import type { Run, RunEvent, RunEvents } from "./run.ts";

export interface TypedRunParts<Result> {
  readonly run: PlainRun;
  /** What the experiment promises to report. */
  readonly metrics: readonly string[];
  readonly finish: (result: RunResult) => Promise<Result>;
}

/**
 * Gives a run the types of its experiment. The cast is guarded: a run that starts with another list of metrics ends the
 * stream, and the wait for the result, with a `MetricMismatchError`.
 */
export const typedRun = <Metric extends string, Result>(parts: TypedRunParts<Result>): Run<Metric, Result> => {
  const { run, metrics, finish } = parts;
  let result: Promise<Result> | undefined;
  return {
    id: run.id,
    folder: run.folder,
    get connection() {
      return run.connection;
    },
    events: (options) => guardedStream(run.events(options), metrics) as RunEvents<Metric>,
    [Symbol.asyncIterator]: () => guarded(run[Symbol.asyncIterator](), metrics) as AsyncIterator<RunEvent<Metric>>,
    result: () => {
      result ??= run.result().then((plain) => {
        const reported = Object.keys(plain.metrics);
        if (reported.length > 0) checkMetrics(metrics, reported);
        return finish(plain);
      });
      return result;
    },
    cancel: () => run.cancel(),
    [Symbol.asyncDispose]: () => run[Symbol.asyncDispose](),
  };
};

const guardedStream = (events: EventStream, metrics: readonly string[]) => ({
  ...guarded(events, metrics),
  get cursor() {
    return events.cursor;
  },
});

const guarded = (events: AsyncIterator<Event>, metrics: readonly string[]): AsyncIterableIterator<Event> => ({
  next: async () => {
    const step = await events.next();
    try {
      if (!step.done && step.value.type === "run.started") checkMetrics(metrics, step.value.metrics);
    } catch (error) {
      await events.return?.();
      throw error;
    }
    return step;
  },
  return: async () => {
    await events.return?.();
    return { done: true, value: undefined };
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});

const checkMetrics = (expected: readonly string[], got: readonly string[]): void => {
  if (expected.length !== got.length || expected.some((name) => !got.includes(name)))
    throw new MetricMismatchError(expected, got);
};
