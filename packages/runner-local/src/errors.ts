import { FlaxenError } from "@flaxen/errors";

/** The process that runs programs could not start, or refused a run. */
export class SupervisorError extends FlaxenError {
  static override readonly code = "supervisor-failed";
}

/** A program's file or an asset would lie outside the run's folder. */
export class UnsafePathError extends FlaxenError {
  static override readonly code = "unsafe-path";

  constructor(path: string) {
    super(`"${path}" does not lie inside the run's folder: use a relative path without "..".`);
  }
}
