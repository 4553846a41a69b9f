import type { ConnectionState, Cursor, Ending, Event, EventsOptions } from "@flaxen/runner";

type EventOf<T extends Event["type"]> = Extract<Event, { readonly type: T }>;

/** Metrics by name, every one of them a number. */
export type Metrics<Metric extends string> = { readonly [Name in Metric]: number };

/** The names that a single step reports: what is measured on the training data. */
export type TrainingMetric<Metric extends string> = Exclude<Metric, `val/${string}` | `test/${string}`>;

/** The names that an epoch reports: all but what is tested at the end. */
export type EpochMetric<Metric extends string> = Exclude<Metric, `test/${string}`>;

/** One training step. */
export type TrainingStepEvent<Metric extends string> = Omit<EventOf<"step">, "metrics"> & {
  readonly metrics: Metrics<TrainingMetric<Metric>>;
};

/** One pass over the training data is done; with validation data, that was scored too. */
export type EpochEvent<Metric extends string> = Omit<EventOf<"epoch">, "metrics"> & {
  readonly metrics: Metrics<EpochMetric<Metric>>;
};

/** The data's test rows were scored, once, with the weights that are kept: "test/loss" and the like. */
export type TestEvent<Metric extends string> = Omit<EventOf<"test">, "metrics"> & {
  readonly metrics: Metrics<Extract<Metric, `test/${string}`>>;
};

export type StartedEvent<Metric extends string> = Omit<EventOf<"run.started">, "metrics"> & {
  readonly metrics: readonly Metric[];
};

export type EndedEvent<Metric extends string> = Omit<EventOf<"run.ended">, "metrics"> & {
  /** Of the best epoch where early stopping chose one, else of the last, and of the test; empty when none was finished. */
  readonly metrics: Partial<Metrics<Metric>>;
};

/** What a run tells, one after another; `event.type` tells them apart. */
export type RunEvent<Metric extends string = string> =
  | Exclude<Event, { readonly type: "step" | "epoch" | "test" | "run.started" | "run.ended" }>
  | TrainingStepEvent<Metric>
  | EpochEvent<Metric>
  | TestEvent<Metric>
  | StartedEvent<Metric>
  | EndedEvent<Metric>;

/** The events of a run, waiting for more until it has ended. */
export interface RunEvents<Metric extends string = string>
  extends AsyncIterableIterator<RunEvent<Metric>, undefined, undefined> {
  /** Behind the last event that was taken: where to go on, in this process or another one. */
  readonly cursor: Cursor;
}

/**
 * One execution of an experiment, with metrics named as its model's heads name them.
 *
 * Iterating gives every event from the first, to every iterator. Leaving the loop ends nothing; `await using` closes the
 * stream, nothing else.
 */
export interface Run<Metric extends string, Result = unknown> extends AsyncIterable<RunEvent<Metric>>, AsyncDisposable {
  readonly id: string;
  /** Where program, configuration, log and weights lie. */
  readonly folder: string;
  /** What is known of the way to the run; only "lost" says something about the run itself. */
  readonly connection: ConnectionState;
  /** As iterating does, from where you say. */
  events(options?: EventsOptions): RunEvents<Metric>;
  /** Resolves when the run has ended well; rejects with a `RunError` that says why it did not. */
  result(): Promise<Result>;
  /** Ends the run at any stage; resolves with how it ended. */
  cancel(): Promise<Ending>;
}
