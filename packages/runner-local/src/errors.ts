import { FlaxenError } from "@flaxen/errors";
import type { Ending } from "@flaxen/runner";

/** The process that runs programs could not start, or refused a run. */
export class SupervisorError extends FlaxenError {
  static override readonly code = "supervisor-failed";
}

/** The folder of the runs cannot be made, or nothing can be written there. */
export class FolderNotWritableError extends FlaxenError {
  static override readonly code = "folder-not-writable";
  readonly folder: string;

  constructor(folder: string, reason: string, cause: unknown) {
    super(`Nothing can be written in ${folder} (${reason}). Choose another place: FLAXEN_HOME, or local({ root }).`, {
      cause,
    });
    this.folder = folder;
  }
}

/** A program's file or an asset would lie outside the run's folder. */
export class UnsafePathError extends FlaxenError {
  static override readonly code = "unsafe-path";

  constructor(path: string) {
    super(`"${path}" does not lie inside the run's folder: use a relative path without "..".`);
  }
}

/** An option of `local`, `submit`, `attach` or `restart` that does not exist, or has a value that it cannot have. */
export class RunnerOptionError extends FlaxenError {
  static override readonly code = "bad-runner-option";
}

/** A folder lies where a run should, but it cannot be read as one. */
export class RunUnreadableError extends FlaxenError {
  static override readonly code = "run-unreadable";
  readonly folder: string;

  /** @param why completes "… cannot be read: " */
  constructor(folder: string, why: string, cause?: unknown) {
    super(`The run in ${folder} cannot be read: ${why}. Delete the folder, or read it with the version that made it.`, {
      cause,
    });
    this.folder = folder;
  }
}

/** Only a run that is lost can be started again. */
export class RunNotLostError extends FlaxenError {
  static override readonly code = "run-not-lost";
  readonly run: string;

  constructor(run: string, ending: Ending | undefined) {
    super(
      ending === undefined
        ? `Run "${run}" still runs, so it is not started again. Read it with attach("${run}").`
        : `Run "${run}" has ended (${ending}), so it is not started again. Submit the job anew, under another id.`,
    );
    this.run = run;
  }
}
