import { FlaxenError } from "@flaxen/errors";

/** No Python that Flaxen can use was found. */
export class PythonMissingError extends FlaxenError {
  static override readonly code = "python-missing";
  /** What was looked for, and what was wrong with each. */
  readonly tried: readonly string[];

  /** @param tried what was looked for, and what was wrong with each */
  constructor(tried: readonly string[]) {
    super(
      "No usable Python was found; Flaxen needs Python 3.11 or newer, with its venv module or with uv on the PATH. " +
        "Install one (Debian: apt install python3-venv), or name it: local({ python }) or FLAXEN_PYTHON.",
      { detail: tried.map((line) => `    ${line}`).join("\n") },
    );
    this.tried = tried;
  }
}

/** A Python was found, but none that is new enough. */
export class PythonTooOldError extends FlaxenError {
  static override readonly code = "python-too-old";
  readonly found: string;

  constructor(interpreter: string, found: string) {
    super(
      `${interpreter} is Python ${found}; Flaxen needs 3.11 or newer. ` +
        "Install a newer one, or name it: local({ python }) or FLAXEN_PYTHON.",
    );
    this.found = found;
  }
}
