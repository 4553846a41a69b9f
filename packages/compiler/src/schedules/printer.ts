/** What a schedule is printed from. */
export interface ScheduleContext {
  readonly params: Readonly<Record<string, unknown>>;
  /** `hp["warmup_steps"]`; of a list's entry `hp["rate_1"]`. */
  hp(parameter: string, index?: number): string;
  /** A joined schedule's rate by its number from 0 on: a call with these arguments, or a number of `hp`. */
  part(index: number, step: string, hp: string): { readonly rate: string; readonly constant: boolean };
}

/** The body of a function of `step` and `hp` that gives the learning rate. */
export interface ScheduleBody {
  readonly doc: string;
  readonly lines: readonly string[];
}

/** How a schedule of the learning rate prints. */
export interface SchedulePrinter {
  /** Its parameters -> their keys in `hp`; the entries of a list are numbered from 1. */
  readonly keys: Readonly<Record<string, string>>;
  /** None where the rate is the same at every step. */
  readonly body?: (context: ScheduleContext) => ScheduleBody;
}
