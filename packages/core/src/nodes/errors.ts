import { FlaxenError, type FlaxenErrorOptions, type Site, showSite } from "@flaxen/errors";

export interface NodeErrorOptions extends FlaxenErrorOptions {
  /** The operation, or the name that the user gave it. */
  readonly node: string;
  /** For an operation of a block: the call that applied the block. */
  readonly appliedAt?: Site | undefined;
}

/** Something is wrong with one operation; `site` is where it was written. */
abstract class NodeError extends FlaxenError {
  readonly node: string;
  declare readonly appliedAt: Site | undefined;

  constructor(sentence: string, options: NodeErrorOptions) {
    const applied = options.appliedAt ? `\n    in a block applied at ${showSite(options.appliedAt)}` : "";
    super(`${sentence}${applied}`, options);
    this.node = options.node;
    // Named only when there is one: Node prints every property of an error that nobody catches.
    if (options.appliedAt) this.appliedAt = options.appliedAt;
  }
}

/** A shape that the operation cannot take. */
export class ShapeError extends NodeError {
  static override readonly code = "shape-mismatch";
}

/** Whole numbers where floats are needed, or the other way round. */
export class DTypeError extends NodeError {
  static override readonly code = "wrong-dtype";
}

/** A size that decides the shape of weights is known only when the data is seen. */
export class UnknownSizeError extends NodeError {
  static override readonly code = "unknown-size";
}

/** An array that would hold more numbers than any machine has room for. */
export class TooLargeError extends NodeError {
  static override readonly code = "too-large";
}

/** An argument or a parameter that is missing or not what it must be. */
export class ParameterError extends NodeError {
  static override readonly code = "bad-parameter";
}

/** An option that the operation does not have. */
export class UnknownOptionError extends NodeError {
  static override readonly code = "unknown-option";
}

/** A node of a document with too few or too many operands. */
export class InputCountError extends NodeError {
  static override readonly code = "wrong-inputs";
}
