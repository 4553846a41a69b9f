import { FlaxenError } from "@flaxen/errors";

/** The run reports other metrics than the experiment's types promise. */
export class MetricMismatchError extends FlaxenError {
  static override readonly code = "metric-mismatch";

  constructor(expected: readonly string[], got: readonly string[]) {
    super(
      `The run should report ${expected.join(", ")}, but reports ${got.join(", ")}. Was its program changed by hand?`,
    );
  }
}

/** A folder that is to be written holds something already. */
export class FolderNotEmptyError extends FlaxenError {
  static override readonly code = "folder-not-empty";
  readonly folder: string;

  constructor(use: string, folder: string) {
    super(`${use}: ${folder} is not empty. Choose another folder or pass { overwrite: true }.`);
    this.folder = folder;
  }
}

/** A folder does not hold a trained model, or one of another experiment. */
export class NotTrainedError extends FlaxenError {
  static override readonly code = "not-trained";
}

/** What was given as a runner or as a signal is none. */
export class BadRunnerError extends FlaxenError {
  static override readonly code = "bad-runner";
}
