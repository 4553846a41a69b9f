/** What a value was given for: an input, or the target of a head where rows are scored. */
export interface Subject {
  readonly name: string;
  /** The function that took it. @defaultValue "predict" */
  readonly use?: "predict" | "evaluate" | undefined;
  readonly target?: boolean | undefined;
}
