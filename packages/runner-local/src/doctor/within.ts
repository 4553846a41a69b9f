/** Looking took longer than it may. */
export class TooSlow extends Error {}

/**
 * The outcome, or `TooSlow` when it takes longer: a dead network folder answers never. What is abandoned keeps no process
 * alive by its timer, but perhaps by itself.
 */
export const within = <T>(milliseconds: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow(`no answer within ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([work, tooSlow]).finally(() => clearTimeout(timer));
};
