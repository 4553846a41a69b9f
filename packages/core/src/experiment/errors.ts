import { FlaxenError } from "@flaxen/errors";

/** An entry of a model's `inputs` is not made by `graph.input`. */
export class NotAnInputError extends FlaxenError {
  static override readonly code = "not-an-input";
}

/** An input stands in `inputs` under another name than its own. */
export class InputNameError extends FlaxenError {
  static override readonly code = "input-name";
}

/** A head depends on an input that is not in `inputs`. */
export class InputNotListedError extends FlaxenError {
  static override readonly code = "input-not-listed";
}

/** An entry of a model's `heads` is not made by `head.…`. */
export class NotAHeadError extends FlaxenError {
  static override readonly code = "not-a-head";
}

/** A document has no data or no training: it describes a model, not an experiment. */
export class IncompleteDocumentError extends FlaxenError {
  static override readonly code = "incomplete-document";
}
