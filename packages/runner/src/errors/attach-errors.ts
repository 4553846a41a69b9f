import { closest, FlaxenError } from "@flaxen/errors";

/** There is no run of that id where it was looked for. */
export class RunNotFoundError extends FlaxenError {
  static override readonly code = "run-not-found";
  readonly run: string;

  /** @param known ids of the runs that are there */
  constructor(run: string, where: string, known: Iterable<string> = []) {
    const near = closest(run, known);
    const hint = near === undefined ? "List what is there with runner.runs()." : `Did you mean "${near}"?`;
    super(`There is no run "${run}" in ${where}. ${hint}`);
    this.run = run;
  }
}

/** A run of that id is there already, and it is another job. */
export class RunExistsError extends FlaxenError {
  static override readonly code = "run-exists";
  readonly run: string;

  /** @param differs what is not the same: "its program", "its data" */
  constructor(run: string, folder: string, differs: readonly string[] = []) {
    const what = differs.length === 0 ? "" : `: ${new Intl.ListFormat("en").format(differs)} differ`;
    super(
      `Run "${run}" is there already, in ${folder}, and is another job${what}. ` +
        "Submit under another id, or attach(id) to the one that is there.",
    );
    this.run = run;
  }
}

/** `attach(id, { as })` was given another experiment than the run was started from. */
export class ExperimentMismatchError extends FlaxenError {
  static override readonly code = "experiment-mismatch";
  readonly run: string;

  /** @param expected, found `sha256:…` of the given and of the run's document */
  constructor(run: string, expected: string, found: string) {
    super(
      `Run "${run}" was started from another experiment than the one given as \`as\` ` +
        `(the run's document is ${short(found)}, the given one ${short(expected)}). ` +
        "Pass the experiment as it was when the run was started, or leave `as` out.",
    );
    this.run = run;
  }
}

const short = (hash: string): string => (hash.length > 19 ? `${hash.slice(0, 19)}…` : hash);
