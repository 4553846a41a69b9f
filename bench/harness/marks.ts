/** So many steps were done at this time; only differences mean anything. */
export interface Mark {
  readonly step: number;
  readonly seconds: number;
}

export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new RangeError("The median of nothing is asked for: there were too few marks.");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
};

export interface RateOptions {
  /** Steps at the beginning that do not count: compilation, caches, a first small dispatch. @defaultValue 0 */
  readonly warmUp?: number;
  /** Steps that one sample spans at least; a whole number of epochs keeps every sample alike. @defaultValue 1 */
  readonly window?: number;
}

/** Seconds a step, one sample for each window of successive marks. */
export const rates = (marks: readonly Mark[], { warmUp = 0, window = 1 }: RateOptions = {}): readonly number[] => {
  const samples: number[] = [];
  const first = marks[0]?.step ?? 0;
  let from: Mark | undefined;
  for (const mark of marks) {
    if (mark.step - first < warmUp) continue;
    from ??= mark;
    if (mark.step - from.step < window) continue;
    samples.push((mark.seconds - from.seconds) / (mark.step - from.step));
    from = mark;
  }
  return samples;
};
