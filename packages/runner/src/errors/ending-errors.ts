import { FlaxenError } from "@flaxen/errors";
import type { Ending } from "../ending.ts";
import type { Failure } from "../events.ts";

/** The run was ended by `cancel()` or by its AbortSignal. */
export class RunCancelledError extends FlaxenError {
  static override readonly code = "run-cancelled";

  constructor(run: string | undefined) {
    super(run === undefined ? "The run was cancelled before it started." : `Run ${run} was cancelled.`);
  }
}

/** The run was disposed of (`await using`) while its end was still awaited. The run itself goes on. */
export class RunClosedError extends FlaxenError {
  static override readonly code = "run-closed";

  constructor(run: string) {
    super(
      `Run ${run} was closed here while its end was awaited; it goes on. Await result() before it goes out of scope.`,
    );
  }
}

/** The Node process that the run was attached to ended first. */
export class RunAbandonedError extends FlaxenError {
  static override readonly code = "run-abandoned";

  constructor(run: string) {
    super(`Run ${run} ended because the process that had started it went away. Its log is whole up to that moment.`);
  }
}

/** The machine's memory did not suffice. */
export class OutOfMemoryError extends FlaxenError {
  static override readonly code = "out-of-memory";
  readonly failure: Failure | undefined;

  constructor(run: string, failure: Failure | undefined) {
    super(
      `Run ${run} ran out of memory${failure ? `: ${failure.message}` : "."} ` +
        "Use a smaller batchSize or a smaller model, or a machine with more memory.",
      { detail: failure?.traceback },
    );
    this.failure = failure;
  }
}

/** No space was left for the run's log, its weights or its Python environment. */
export class DiskFullError extends FlaxenError {
  static override readonly code = "disk-full";

  constructor(
    what: string,
    folder: string,
    options: { readonly cause?: unknown; readonly detail?: string | undefined } = {},
  ) {
    super(
      `No space is left for ${what} in ${folder}. Free some, or choose another place (FLAXEN_HOME, or \`root\`).`,
      options,
    );
  }
}

/** The Python environment could not be built. */
export class EnvironmentError extends FlaxenError {
  static override readonly code = "env-failed";
  /** The end of what the installer printed. */
  readonly output: string;

  constructor(environment: string, message: string, output: string) {
    super(`The Python environment "${environment}" could not be built: ${message}`, { detail: output });
    this.output = output;
  }
}

/** An ending that needs no class of its own here: the time limit, a spot machine taken away, another device than asked for. */
export class RunEndedError extends FlaxenError {
  static override readonly code = "run-ended";
  readonly ending: Ending;

  constructor(run: string, ending: Ending, failure: Failure | undefined) {
    super(`Run ${run} ended early (${ending})${failure ? `: ${failure.message}` : "."}`, {
      detail: failure?.traceback,
    });
    this.ending = ending;
  }
}
