import { FlaxenError } from "@flaxen/errors";

/** Nobody will write the run's end: what supervised it is proven dead. Its log is whole up to the last line. */
export class RunLostError extends FlaxenError {
  static override readonly code = "run-lost";
  readonly run: string;

  /** @param cause completes "the supervisor …" */
  constructor(run: string, cause: string, detail?: string) {
    super(`Run ${run} is lost: the supervisor ${cause}. Its log is whole up to the last line; start the run again.`, {
      detail,
    });
    this.run = run;
  }
}
