import type { Ending } from "./ending.ts";
import type { Event } from "./events.ts";
import type { Job } from "./job.ts";

/** Carries jobs to a machine and their events back. */
export interface Runner {
  /** Version of this interface. */
  readonly specification: 1;
  /** "local", "ssh gpu1": for messages. */
  readonly name: string;
  submit(job: Job, options?: SubmitOptions): Promise<Run>;
}

export interface SubmitOptions {
  /** Ends the run at any stage, as `cancel()` does. */
  readonly signal?: AbortSignal | undefined;
}

/** One execution of a job. Iterating reads its events from the first; every iterator gets each event once, in order. */
export interface Run extends AsyncIterable<Event>, AsyncDisposable {
  readonly id: string;
  /** Where the run's folder lies, on the machine that holds it. */
  readonly folder: string;
  /**
   * Resolves when the run has ended well (completed, stopped).
   *
   * @throws the error of its ending otherwise: RunFailedError, NonFiniteLossError, DataError, RunCancelledError …
   */
  result(): Promise<RunResult>;
  /** Asks for the end and resolves with what it was: a run that had ended already keeps its own ending. */
  cancel(): Promise<Ending>;
}

export interface Artifact {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Absolute path on this machine. */
  readonly path: string;
}

export interface RunResult {
  readonly reason: Ending;
  /** Of the best epoch where early stopping chose one, else of the last. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly bestEpoch: number | undefined;
  readonly steps: number;
  readonly seconds: number;
  readonly artifacts: Readonly<Record<string, Artifact>>;
}
