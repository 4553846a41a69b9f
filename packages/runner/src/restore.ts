import type { Run, Runner } from "./runner.ts";

/** What `runner.attach(id, { as })` looks for: an experiment of `flaxen` carries it. One symbol in every copy. */
export const restore: unique symbol = Symbol.for("flaxen.restore") as never;

/** What a run's folder says of the job that runs there. */
export interface Described {
  /** `sha256:…` of the experiment document. */
  readonly document: string;
  /** Names of the metrics that the run reports, in order. */
  readonly metrics: readonly string[];
  /** Which of the named Python environments it needs. */
  readonly environment: string;
}

/** Something that knows what a run was started from, and gives the run its types back. */
export interface Restores<T> {
  /** @throws ExperimentMismatchError when the run was started from something else */
  readonly [restore]: (run: Run, runner: Runner, described: Described) => T;
}
