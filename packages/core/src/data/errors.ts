import { didYouMean, FlaxenError, type Site } from "@flaxen/errors";

/** The data lacks a column that an input or a head of the model needs. */
export class MissingColumnError extends FlaxenError {
  static override readonly code = "missing-column";

  constructor(use: string, column: string, what: string, site?: Site) {
    super(`${use} has no column "${column}", which the model needs as its ${what}. Add it, under that name.`, { site });
  }
}

/** The data has a column that no input and no head of the model has the name of. */
export class UnknownColumnError extends FlaxenError {
  static override readonly code = "unknown-column";

  constructor(use: string, column: string, known: Iterable<string>, site?: Site) {
    super(`${use}: the model has no input and no head "${column}".${didYouMean(column, known)}`, { site });
  }
}

/** Data of a fixed form does not go with the model's inputs and heads. */
export class DataMismatchError extends FlaxenError {
  static override readonly code = "data-mismatch";
}

/** A class number that the head does not have. */
export class LabelRangeError extends FlaxenError {
  static override readonly code = "label-out-of-range";
}

/** An index that an embedding has no vector for. */
export class IndexRangeError extends FlaxenError {
  static override readonly code = "index-out-of-range";
}

/** NaN, an infinity, or a number that float32 cannot hold. */
export class NotANumberError extends FlaxenError {
  static override readonly code = "not-a-number";
}

/** There is nothing to train on, or nothing to validate on. */
export class EmptyDataError extends FlaxenError {
  static override readonly code = "empty-data";
}

/** Columns of one data set have different numbers of rows. */
export class RowCountError extends FlaxenError {
  static override readonly code = "row-count";

  constructor(use: string, rows: Readonly<Record<string, number>>, site?: Site) {
    const listed = Object.entries(rows).map(([name, count]) => `"${name}" has ${count}`);
    super(`${use}: every column needs one entry per row, but ${listed.join(", ")}.`, { site });
  }
}

/** A batch would hold more rows than there are to train on. */
export class BatchSizeError extends FlaxenError {
  static override readonly code = "batch-larger-than-data";

  constructor(batchSize: number, rows: number, site?: Site) {
    super(`batchSize is ${batchSize}, but there are ${rows} rows to train on. Choose at most ${rows}.`, { site });
  }
}
