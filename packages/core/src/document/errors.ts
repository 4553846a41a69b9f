import { didYouMean, FlaxenError, type FlaxenErrorOptions } from "@flaxen/errors";

/** The document was written by a version that this one does not read. */
export class UnknownVersionError extends FlaxenError {
  static override readonly code = "unknown-version";
}

/** The document is no JSON of the right form; the message says where. */
export class BadDocumentError extends FlaxenError {
  static override readonly code = "bad-document";
}

/** More nodes than a document may hold, those of a block counted as often as it is applied. */
export class TooManyNodesError extends FlaxenError {
  static override readonly code = "too-many-nodes";

  constructor(model: string, nodes: number, most: number) {
    super(
      `model "${model}" has ${nodes} nodes, those of a block counted as often as it is applied; ${most} is the most.`,
    );
  }
}

/** No node has this type. */
export class UnknownNodeError extends FlaxenError {
  static override readonly code = "unknown-node";

  constructor(where: string, type: string, known: Iterable<string>, options?: FlaxenErrorOptions) {
    super(`${where}: there is no node type "${type}".${didYouMean(type, known)}`, options);
  }
}

/** No head has this type. */
export class UnknownHeadError extends FlaxenError {
  static override readonly code = "unknown-head";

  constructor(name: string, type: string, known: Iterable<string>, options?: FlaxenErrorOptions) {
    super(`head "${name}": there is no head type "${type}".${didYouMean(type, known)}`, options);
  }
}

/** No data has this type. */
export class UnknownDataError extends FlaxenError {
  static override readonly code = "unknown-data";

  constructor(type: string, known: Iterable<string>) {
    super(`data: there is no data type "${type}".${didYouMean(type, known)}`);
  }
}

/** No optimizer has this type. */
export class UnknownOptimizerError extends FlaxenError {
  static override readonly code = "unknown-optimizer";

  constructor(type: string, known: Iterable<string>) {
    super(`training: there is no optimizer "${type}".${didYouMean(type, known)}`);
  }
}

/** No schedule has this type. */
export class UnknownScheduleError extends FlaxenError {
  static override readonly code = "unknown-schedule";

  constructor(where: string, type: string, known: Iterable<string>) {
    super(`${where}: there is no schedule "${type}".${didYouMean(type, known)}`);
  }
}

/** A metric that the experiment does not report, or that its head cannot compute. */
export class UnknownMetricError extends FlaxenError {
  static override readonly code = "unknown-metric";

  constructor(where: string, metric: string, known: Iterable<string>, options?: FlaxenErrorOptions) {
    super(`${where}: there is no metric "${metric}".${didYouMean(metric, known)}`, options);
  }
}

/** A pattern of `freeze` or `groups` fits no weight of the model. */
export class UnknownWeightError extends FlaxenError {
  static override readonly code = "unknown-weight";
}

/** A node's operands lead back to the node itself. */
export class CycleError extends FlaxenError {
  static override readonly code = "cycle";
  /** The ids on the way round. */
  readonly path: readonly string[];

  constructor(path: readonly string[], options?: FlaxenErrorOptions) {
    super(`${path.join(" -> ")} is a cycle. A node may only read nodes that do not depend on it.`, options);
    this.path = path;
  }
}

/** A node, head or block output reads a node that does not exist. */
export class DanglingEdgeError extends FlaxenError {
  static override readonly code = "dangling-edge";

  constructor(where: string, missing: string, known: Iterable<string>, options?: FlaxenErrorOptions) {
    super(`${where} reads "${missing}", which does not exist.${didYouMean(missing, known)}`, options);
  }
}

/** Two things have one name, or names that differ only in their capitals and underscores. */
export class DuplicateNameError extends FlaxenError {
  static override readonly code = "duplicate-name";
}

/** No head depends on an input. */
export class UnusedInputError extends FlaxenError {
  static override readonly code = "unused-input";

  constructor(name: string, options?: FlaxenErrorOptions) {
    super(`input "${name}" is not used: no head depends on it. Use it, or take it out of the model's inputs.`, options);
  }
}

/** Nothing reads a node or a block. */
export class UnusedNodeError extends FlaxenError {
  static override readonly code = "unused-node";

  constructor(where: string, options?: FlaxenErrorOptions) {
    super(`${where} is not used: no head depends on it. Take it out of the document.`, options);
  }
}

/** A head does not say what it minimises. */
export class HeadWithoutLossError extends FlaxenError {
  static override readonly code = "head-without-loss";

  constructor(name: string, losses: readonly string[], options?: FlaxenErrorOptions) {
    const known = losses.map((loss) => `"${loss}"`).join(" or ");
    super(`head "${name}" has no loss, so nothing could be learnt from it. Set loss: ${known}.`, options);
  }
}

/** A model predicts nothing. */
export class NoHeadsError extends FlaxenError {
  static override readonly code = "no-heads";
}

/** A node names a block that the document does not define. */
export class UnknownBlockError extends FlaxenError {
  static override readonly code = "unknown-block";

  constructor(where: string, block: string, known: Iterable<string>, options?: FlaxenErrorOptions) {
    super(`${where} applies block "${block}", which the document does not define.${didYouMean(block, known)}`, options);
  }
}
