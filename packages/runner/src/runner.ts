import type { Ending } from "./ending.ts";
import type { Event } from "./events.ts";
import type { Job } from "./job.ts";
import type { Cursor } from "./log/cursor.ts";
import type { EventStream } from "./log/read-events.ts";

/** Carries jobs to a machine and their events back. */
export interface Runner {
  /** Version of this interface. */
  readonly specification: 1;
  /** "local", "ssh gpu1": for messages. */
  readonly name: string;
  submit(job: Job, options?: SubmitOptions): Promise<Run>;
  /**
   * A run that was started before, by this process or another one: its events from the first or behind a cursor.
   *
   * @throws RunNotFoundError, InvalidCursorError, ExperimentMismatchError (where `as` is another experiment)
   */
  attach?: Attach;
  /** The runs that this runner holds, newest first, each with what is proven of its state. */
  runs?(): Promise<readonly RunListing[]>;
}

export interface Attach {
  <T>(id: string, options: AttachOptions & { readonly as: Restores<T> }): Promise<T>;
  (id: string, options?: AttachOptions): Promise<Run>;
}

export interface SubmitOptions {
  /** Ends the run at any stage, as `cancel()` does. */
  readonly signal?: AbortSignal | undefined;
  /** The run's id, letters, digits, `_` and `-`: two submits of one id are one run. Made up by default. */
  readonly id?: string | undefined;
  /** The run goes on when this process ends, however it ends. @defaultValue false */
  readonly detach?: boolean | undefined;
  /** The run is ended, as `cancel()` does it, when it takes longer. @defaultValue 604_800, seven days */
  readonly maxSeconds?: number | undefined;
  /** How often a worker that a signal ended is started again. @defaultValue 0 */
  readonly retries?: number | undefined;
}

export interface AttachOptions {
  /** Where iterating begins: the cursor of a stream, kept anywhere. The first event by default. */
  readonly from?: Cursor | string | undefined;
  /** Ends the run at any stage, as `cancel()` does. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What is known of the way to the run: "live"; "lagging" when nothing was heard for a while; "unreachable" while there is
 * none; "lost" once it is proven that nobody will write the run's end. Only the last one says something about the run.
 */
export type ConnectionState = "live" | "lagging" | "unreachable" | "lost";

export interface EventsOptions {
  /** Behind which event to begin; with the run's first by default, or where the run was attached. */
  readonly from?: Cursor | string | undefined;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
}

/** One execution of a job. Iterating reads its events from the first; every iterator gets each event once, in order. */
export interface Run extends AsyncIterable<Event>, AsyncDisposable {
  readonly id: string;
  /** Where the run's folder lies, on the machine that holds it. */
  readonly folder: string;
  readonly connection: ConnectionState;
  /** As iterating does, from where you say. The stream's `cursor` is where to go on, in any process. */
  events(options?: EventsOptions): EventStream;
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

/** "broken": the folder holds no run that can be read; `problem` says why. */
export type RunState = "queued" | "environment" | "running" | "closing" | "ended" | "lost" | "broken";

/** A run as its folder shows it. */
export interface RunListing {
  readonly id: string;
  readonly folder: string;
  /** "lost" on proof only: what supervised the run is gone and did not write its end. */
  readonly state: RunState;
  /** Why it ended; undefined before. */
  readonly reason?: Ending | undefined;
  /** What was reached at its end, empty where that is nothing; undefined before. */
  readonly metrics?: Readonly<Record<string, number>> | undefined;
  /** How it is known that the run is lost, or what is wrong with its folder. */
  readonly problem?: string | undefined;
  readonly attempt: number;
  readonly startedAt: Date;
  /** Whether it outlives the process that started it. */
  readonly detached: boolean;
  /** `sha256:…` of the experiment document. */
  readonly document: string;
  /** `sha256:…` of the program. */
  readonly program: string;
}

/** What `runner.attach(id, { as })` looks for: an experiment of `flaxen` carries it. One symbol in every copy. */
export const restore: unique symbol = Symbol.for("flaxen.restore") as never;

/** What a run's folder says of the job that runs there. */
export interface Described {
  /** `sha256:…` of the experiment document. */
  readonly document: string;
  /** Names of the metrics that the run reports, in order. */
  readonly metrics: readonly string[];
  /** Which of the named Python environments it needs. */
  readonly environment: string;
}

/** Something that knows what a run was started from, and gives the run its types back. */
export interface Restores<T> {
  /** @throws ExperimentMismatchError when the run was started from something else */
  readonly [restore]: (run: Run, runner: Runner, described: Described) => T;
}
