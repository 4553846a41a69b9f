import { FlaxenError } from "@flaxen/errors";

/** A program's file or an asset would lie outside the run's folder. */
export class UnsafePathError extends FlaxenError {
  static override readonly code = "unsafe-path";

  constructor(path: string) {
    super(`"${path}" does not lie inside the run's folder: use a relative path without "..".`);
  }
}
