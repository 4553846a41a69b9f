import { median } from "./marks.ts";

/** What the ratio divides: "peer / ours" says how many times faster ours is. */
export type Definition = "ours / peer" | "peer / ours";

/** What must hold. Without a peer the goal is about ours, in the measure's unit. */
export interface Goal {
  readonly relation: "<" | "<=" | ">=";
  readonly value: number;
}

/** One line of the bench: what is measured, against what, and what should come of it. */
export interface Measure {
  readonly name: string;
  /** One line: which task, which quantity. */
  readonly about: string;
  readonly unit: "µs/step" | "s/epoch" | "s" | "ms" | "events/s" | "MB";
  /** Undefined where nobody else is measured. */
  readonly definition?: Definition;
  /** Undefined where the number is reported as it is. */
  readonly goal?: Goal;
}

/** Samples in the measure's unit. */
export interface Samples {
  readonly ours: readonly number[];
  readonly peer?: readonly number[];
}

/** What the bench says about a measure; `--json` prints just these fields. */
export interface Outcome {
  readonly name: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly ratio: number | null;
  readonly unit: string;
  /** "peer / ours >= 15"; null where there is none. */
  readonly goal: string | null;
  readonly holds: boolean | null;
}

const relations: Record<Goal["relation"], (value: number, bound: number) => boolean> = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">=": (value, bound) => value >= bound,
};

export const showGoal = ({ definition, goal, unit }: Measure): string | null =>
  goal ? `${definition ?? `ours (${unit})`} ${goal.relation} ${goal.value}` : null;

/** Four significant digits: more would be noise. */
export const round = (value: number): number => Number(value.toPrecision(4));

/** Medians, their ratio, and whether the goal holds. The goal is judged before anything is rounded. */
export const outcomeOf = (measure: Measure, samples: Samples): Outcome => {
  const { name, unit, definition, goal } = measure;
  const ours = median(samples.ours);
  const peer = samples.peer ? median(samples.peer) : undefined;
  const ratio =
    peer === undefined || !definition ? undefined : definition === "ours / peer" ? ours / peer : peer / ours;
  if (definition && ratio === undefined) throw new Error(`${name}: the peer was not measured.`);
  return {
    name,
    ours: round(ours),
    peer: peer === undefined ? null : round(peer),
    ratio: ratio === undefined ? null : round(ratio),
    unit,
    goal: showGoal(measure),
    holds: goal ? relations[goal.relation](ratio ?? ours, goal.value) : null,
  };
};
