import { FlaxenError } from "@flaxen/errors";
import type { Ending } from "../ending.ts";
import type { Failure } from "../events.ts";

/** The run was ended by `cancel()` or by its AbortSignal. */
export class RunCancelledError extends FlaxenError {
  static override readonly code = "run-cancelled";

  /** @param cause the reason that the AbortSignal was given */
  constructor(run: string | undefined, cause?: unknown) {
    super(run === undefined ? "The run was cancelled before it started." : `Run ${run} was cancelled.`, { cause });
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

/** The run took longer than `maxSeconds` allowed, and was ended. */
export class RunTimedOutError extends FlaxenError {
  static override readonly code = "run-timed-out";

  constructor(run: string, seconds: number) {
    super(
      `Run ${run} was ended after ${Math.max(1, Math.round(seconds))} s: it took longer than it was allowed to. ` +
        "Its log is whole up to that moment. Raise `maxSeconds`, or train for fewer steps.",
    );
  }
}

/** Another kind of device was found than was asked for. Nothing was trained. */
export class DeviceMismatchError extends FlaxenError {
  static override readonly code = "device-mismatch";
  /** "gpu" */
  readonly asked: string;
  /** "cpu"; "none" where JAX could start no device at all. */
  readonly found: string;
  readonly failure: Failure | undefined;

  constructor(run: string, failure: Failure | undefined) {
    const why = failure ? failure.message : "another device was found than was asked for.";
    super(`Run ${run} trained nothing: ${why} \`npx flaxen doctor\` shows what this machine offers.`, {
      detail: failure?.traceback,
    });
    const { asked, found } = failure?.data ?? {};
    this.asked = String(asked ?? "unknown");
    this.found = String(found ?? "none");
    this.failure = failure;
  }
}

/** An ending that needs no class of its own here: a spot machine taken away, a failure that nobody described. */
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
