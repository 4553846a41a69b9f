/** How a schedule of the learning rate prints. */
export interface SchedulePrinter {
  /** Its parameters -> their keys in `hp`. */
  readonly keys: Readonly<Record<string, string>>;
  /** The function `learning_rate(step, hp)`; none where the rate is the same at every step. */
  readonly source?: string;
}
