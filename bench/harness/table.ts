import type { Measured } from "./bench.ts";
import { type Measure, type Outcome, round } from "./measure.ts";

const verdicts = { true: "holds", false: "does not hold", null: "no goal" } as const;

/** A measure as a person reads it. */
export const describeOutcome = (measure: Measure, outcome: Outcome, { against, samples }: Measured): string => {
  const { name, ours, peer, ratio, unit, goal, holds } = outcome;
  const lines = [
    `${name}: ${measure.about}`,
    `  ours   ${ours} ${unit}${spread(samples.ours)}`,
    peer === null ? undefined : `  peer   ${peer} ${unit}${spread(samples.peer ?? [])}  ${against ?? ""}`.trimEnd(),
    ratio === null ? undefined : `  ratio  ${ratio} = ${measure.definition}`,
    `  goal   ${goal ?? "none, reported as it is"}${goal === null ? "" : `: ${verdicts[`${holds}`]}`}`,
  ];
  return lines.filter((line) => line !== undefined).join("\n");
};

/** How far the samples lie apart. */
const spread = (samples: readonly number[]): string => {
  const [low, high] = [Math.min(...samples), Math.max(...samples)];
  return samples.length > 1 ? ` (${round(low)} … ${round(high)}, ${samples.length} samples)` : "";
};
