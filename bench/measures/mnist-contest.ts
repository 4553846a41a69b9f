import { join } from "node:path";
import { local } from "@flaxen/runner-local";
import { adam, data, train } from "flaxen";
import type { Measured } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";
import { rates } from "../harness/marks.ts";
import { marksOf } from "../harness/ours.ts";
import type { PeerEnvironment, Workplace } from "../harness/workplace.ts";
import { mnistCnn } from "./tasks.ts";

const batchSize = 128;
/** Of an epoch of 60,000 rows, the last batch partial. */
const steps = Math.ceil(60_000 / batchSize);
/** Steps that do not count; the peers warm up on their own. */
const warmUp = 40;

/** Trains the MNIST CNN in turn with the peer: seconds an epoch, nothing scored in between. */
export const mnistContest = async (
  workplace: Workplace,
  script: string,
  environment: PeerEnvironment,
  rounds: number,
): Promise<Measured> => {
  await using peer = await workplace.peer(script, environment);
  let against = peer.name;
  const epochs = (perStep: readonly number[]): readonly number[] => perStep.map((seconds) => seconds * steps);
  const samples = await interleave(rounds, {
    ours: async () => {
      const run = await train(mnistCnn(), {
        data: data.idx({
          train: {
            image: join(workplace.mnist, "train-images-idx3-ubyte"),
            digit: join(workplace.mnist, "train-labels-idx1-ubyte"),
          },
        }),
        optimizer: adam({ learningRate: 1e-3 }),
        // Room for one window of a whole epoch, whatever the size of the last report.
        steps: steps + 2 * warmUp,
        batchSize,
        seed: 0,
        runner: local({ root: workplace.runs }),
      });
      return epochs(rates(await marksOf(run, "step"), { warmUp, window: steps }));
    },
    peer: async () => {
      const { marks, setting } = await peer.train("default", 1);
      against = `${peer.name}: ${setting}`;
      return epochs(rates(marks));
    },
  });
  return { samples, against };
};
