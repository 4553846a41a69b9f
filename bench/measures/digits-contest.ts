import { local } from "@flaxen/runner-local";
import { adam, data, train } from "flaxen";
import type { Measured } from "../harness/bench.ts";
import { type Contestant, interleave } from "../harness/interleave.ts";
import { type RateOptions, rates } from "../harness/marks.ts";
import { marksOf } from "../harness/ours.ts";
import type { Peer } from "../harness/peer.ts";
import type { PeerEnvironment, Workplace } from "../harness/workplace.ts";
import { digitsMlp } from "./tasks.ts";

const batchSize = 32;

/**
 * Which of scikit-learn's 1,797 rows are trained on. "whole batches": 56 full ones and nothing scored, so that no peer
 * pays for a partial batch or for its own way to evaluate. "validated": 1,437 rows, the other 360 scored each epoch.
 */
const splits = {
  "whole batches": { rows: 56 * batchSize, steps: 56 },
  validated: { rows: 1437, steps: 45 },
} as const;

export interface DigitsContest<Variant extends string> {
  /** In `peers/`. */
  readonly script: string;
  readonly environment: PeerEnvironment;
  /** Ways the peer is run, each a contestant. */
  readonly variants: readonly Variant[];
  readonly split: keyof typeof splits;
  /** Of one training, of ours and of the peer's. The first tenth warms up; a sample spans a tenth. */
  readonly epochs: number;
  readonly rounds: number;
}

/** Trains the digits MLP in turn with the peer: microseconds a step. */
export const digitsContest = async <const Variant extends string>(
  workplace: Workplace,
  { script, environment, variants, split, epochs, rounds }: DigitsContest<Variant>,
): Promise<Record<Variant, Measured>> => {
  await using peer = await workplace.peer(script, environment);
  const tenth = Math.max(1, Math.floor(epochs / 10)) * splits[split].steps;
  const counted = { warmUp: tenth, window: tenth };
  const against: Record<string, string> = {};
  const contestants: Record<string, Contestant> = { ours: await ours(workplace, split, epochs, counted) };
  for (const variant of variants)
    contestants[variant] = theirs(peer, variant, epochs, counted, (setting) => {
      against[variant] = `${peer.name}: ${setting}`;
    });
  const samples = await interleave(rounds, contestants);
  return Object.fromEntries(
    variants.map((variant) => [
      variant,
      { samples: { ours: samples.ours ?? [], peer: samples[variant] ?? [] }, against: against[variant] ?? peer.name },
    ]),
  ) as Record<Variant, Measured>;
};

const microseconds = (seconds: number): number => seconds * 1e6;

const ours = async (
  workplace: Workplace,
  split: keyof typeof splits,
  epochs: number,
  counted: RateOptions,
): Promise<Contestant> => {
  const { image, digit } = await workplace.digits();
  const rows = (from: number, to: number) => ({
    image: image.subarray(from * 64, to * 64),
    digit: digit.subarray(from, to),
  });
  const trained = rows(0, splits[split].rows);
  const options = {
    optimizer: adam({ learningRate: 1e-3 }),
    epochs,
    batchSize,
    seed: 0,
    runner: local({ root: workplace.runs }),
  };
  return async () => {
    const run =
      split === "validated"
        ? await train(digitsMlp(), {
            ...options,
            data: data.arrays(trained, { validation: rows(splits[split].rows, digit.length) }),
          })
        : await train(digitsMlp(), { ...options, data: data.arrays(trained) });
    return rates(await marksOf(run, "epoch"), counted).map(microseconds);
  };
};

const theirs =
  (peer: Peer, variant: string, epochs: number, counted: RateOptions, onSetting: (text: string) => void): Contestant =>
  async () => {
    const { marks, setting } = await peer.train(variant, epochs);
    onSetting(setting);
    return rates(marks, counted).map(microseconds);
  };
