/** Numbers from 0 to below 1, the same ones at every call with the same seed: a linear congruential generator. */
export const randomNumbers = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
