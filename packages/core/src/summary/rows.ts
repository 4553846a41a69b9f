import type { DType, Shape } from "../shapes/index.ts";

/** What a node of a model costs. Numbers are for one example. */
export interface SummaryRow {
  /** Node id, "block/node" or head. */
  readonly id: string;
  /** "dense", "block encoder", "classification" */
  readonly type: string;
  /** Of its output, with the batch axis; a head's is that of its logits or values. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** Weight -> its sizes. */
  readonly weights: Readonly<Record<string, Shape>>;
  /** How many numbers of it are learned. */
  readonly parameters: number;
  /** Additions and multiplications forward, a multiply-add counted as two; undefined where a size is not known. */
  readonly flops: number | undefined;
  /** Bytes of what it gives, and a block's nodes give, at 4 each; undefined where a size is not known. */
  readonly activationBytes: number | undefined;
}

export interface Summary {
  readonly name: string;
  /** Nodes in the order of the graph, then heads. */
  readonly rows: readonly SummaryRow[];
  /** The nodes of each named block, counted once; what its applications cost is in `rows`. */
  readonly blocks: Readonly<Record<string, readonly SummaryRow[]>>;
  /** How many numbers are learned. */
  readonly parameters: number;
  /** Bytes of all weights and statistics at 4 each. */
  readonly weightBytes: number;
  readonly flops: number | undefined;
  readonly activationBytes: number | undefined;
  /** The rows as a table. */
  toString(): string;
}
