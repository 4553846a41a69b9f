import { FlaxenError } from "@flaxen/errors";

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
