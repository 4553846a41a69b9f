import { FlaxenError } from "@flaxen/errors";

/** A file of weights does not fit the model: arrays that are missing, left over, or of another shape. */
export class WeightsError extends FlaxenError {
  static override readonly code = "weights-mismatch";
  /** The model's arrays that the file does not have. */
  readonly missing: readonly string[];
  /** The file's arrays that the model does not have. */
  readonly extra: readonly string[];

  constructor(message: string, missing: readonly string[] = [], extra: readonly string[] = []) {
    super(message);
    this.missing = missing;
    this.extra = extra;
  }
}
