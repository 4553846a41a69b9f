/** Somebody who can be asked for samples again and again. */
export type Contestant = () => Promise<readonly number[]>;

/**
 * Asks all of them in turn, round after round, and collects what each said: a machine that grows slower or faster in
 * between does so for all.
 */
export const interleave = async <const Name extends string>(
  rounds: number,
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Record<Name, readonly number[]>> => {
  const names = Object.keys(contestants) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of names) samples[name].push(...(await contestants[name]()));
  return samples;
};
