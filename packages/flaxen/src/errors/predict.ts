import { FlaxenError, type FlaxenErrorOptions } from "@flaxen/errors";
import type { Subject } from "../predict/subject.ts";

/** `predict: input "image"` */
const called = ({ name, use = "predict", target = false }: Subject): string =>
  `${use}: ${target ? "target" : "input"} "${name}"`;

/** `predict` or `evaluate` was given an input that the model does not have, or lacks one. */
export class UnknownInputError extends FlaxenError {
  static override readonly code = "unknown-input";
}

/** A value has another shape than the graph's input, or than what a head predicts. */
export class InputShapeError extends FlaxenError {
  static override readonly code = "input-shape";
  readonly input: string;

  constructor(of: Subject, expected: string, got: string) {
    super(`${called(of)} should be ${expected}, but is ${got}.`);
    this.input = of.name;
  }
}

/** A value is of another kind than the graph's input: text, a fraction where indices are due, a NaN. */
export class InputTypeError extends FlaxenError {
  static override readonly code = "input-type";
  readonly input: string;

  constructor(of: Subject, expected: string, got: string) {
    super(`${called(of)} takes ${expected}, but got ${got}.`);
    this.input = of.name;
  }
}

/** The inputs of one call disagree about how many rows there are. */
export class InputRowsError extends FlaxenError {
  static override readonly code = "input-rows";
}

/** `generate` was called on a model that predicts no next token of a text, or of several and none was chosen. */
export class NoTextHeadError extends FlaxenError {
  static override readonly code = "no-text-head";
}

/** The Python side could not start or could not answer. */
export class PredictError extends FlaxenError {
  static override readonly code: string = "predict-failed";
  /** The cause's own code on the Python side; "exception" for what nobody foresaw. */
  readonly reason: string;
  /** Python's traceback or what the process wrote last; empty when there is none. */
  readonly traceback: string;

  constructor(message: string, reason: string, traceback: string, options?: FlaxenErrorOptions) {
    super(message, { ...options, detail: traceback === "" ? undefined : `\n${traceback}` });
    this.reason = reason;
    this.traceback = traceback;
  }
}

/** `predict`, `generate` or `evaluate` was called after `close()`. */
export class PredictorClosedError extends FlaxenError {
  static override readonly code = "predictor-closed";

  constructor() {
    super("This trained model was closed. Load it again from its folder to predict with it.");
  }
}
