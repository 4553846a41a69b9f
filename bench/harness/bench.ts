import type { Measure, Samples } from "./measure.ts";
import type { Workplace } from "./workplace.ts";

/** What came of one measure: its samples, and who the peer was, as it was measured. */
export interface Measured {
  readonly samples: Samples;
  /** "Keras 3.15.1 on JAX 0.12.0: steps_per_execution=28"; undefined without a peer. */
  readonly against?: string;
}

/** One task that is run for one or more measures. */
export interface Bench<Name extends string = string> {
  /** What the command line takes. */
  readonly name: string;
  readonly measures: readonly (Measure & { readonly name: Name })[];
  run(workplace: Workplace): Promise<Readonly<Record<Name, Measured>>>;
}

/** Keeps the names of the measures and of what `run` returns the same. */
export const defineBench = <const Name extends string>(bench: Bench<Name>): Bench<Name> => bench;
