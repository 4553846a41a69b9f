import { local } from "@flaxen/runner-local";
import { type AnyModel, adam, data, train } from "flaxen";
import type { Measured } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";
import { rates } from "../harness/marks.ts";
import { marksOf } from "../harness/ours.ts";
import type { Workplace } from "../harness/workplace.ts";

const rows = 1024;
const batchSize = 32;
const epochs = 6;
const rounds = 3;

/** Trains a model on arrays in turn with PyTorch: milliseconds a step, from the second epoch on. */
export const torchContest = async (
  workplace: Workplace,
  script: string,
  model: AnyModel,
  columns: Parameters<typeof data.arrays>[0],
): Promise<Measured> => {
  await using peer = await workplace.peer(script, "torch");
  let against = peer.name;
  const steps = rows / batchSize;
  const milliseconds = (perStep: readonly number[]): readonly number[] => perStep.map((seconds) => seconds * 1000);
  const samples = await interleave(rounds, {
    ours: async () => {
      const run = await train(model, {
        data: data.arrays(columns),
        optimizer: adam({ learningRate: 1e-3 }),
        epochs,
        batchSize,
        runner: local({ root: workplace.runs }),
      });
      return milliseconds(rates(await marksOf(run, "epoch"), { warmUp: 1, window: steps }));
    },
    peer: async () => {
      const { marks, setting } = await peer.train("default", epochs);
      against = `${peer.name}: ${setting}`;
      return milliseconds(rates(marks.slice(1), { window: steps }));
    },
  });
  return { samples, against };
};

export const contestRows = rows;
