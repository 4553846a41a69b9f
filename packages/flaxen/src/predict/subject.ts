import type { WireType } from "./frames.ts";

/** What a value was given for: an input, or the target of a head where rows are scored. */
export interface Subject {
  readonly name: string;
  /** The function that took it. @defaultValue "predict" */
  readonly use?: "predict" | "evaluate" | undefined;
  readonly target?: boolean | undefined;
}

/** What the trained model takes for one input, or for what a head predicts where rows are scored. */
export interface InputSpecification extends Subject {
  /** Of one row; -1 where any size goes. */
  readonly shape: readonly number[];
  /** Pixels are fed as the data had them, 0 to 255. */
  readonly dtype: WireType;
  /** Indices must be smaller. */
  readonly below?: number | undefined;
  /** The smallest index, where that is not 0: the label of a position that does not count. */
  readonly from?: number | undefined;
  /** The table's columns that it was trained on, in order. */
  readonly columns?: readonly string[] | undefined;
  /** What else than numbers of its shape it takes. */
  readonly takes?: "numbers" | "categories" | "text" | "image" | undefined;
}
