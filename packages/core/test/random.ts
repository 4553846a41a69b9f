/** Repeatable chance: mulberry32. */
export interface Random {
  chance(probability: number): boolean;
  /** Both ends included. */
  between(low: number, high: number): number;
  pick<T>(from: readonly T[]): T;
}

export const randomFrom = (seed: number): Random => {
  let state = Math.imul(seed, 2654435761);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    chance: (probability) => next() < probability,
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
  };
};
