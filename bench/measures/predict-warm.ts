import { local } from "@flaxen/runner-local";
import { adam, data, train } from "flaxen";
import { defineBench } from "../harness/bench.ts";
import { digitsMlp } from "./tasks.ts";

const calls = 200;
const rows = 4;

export const predictWarm = defineBench({
  name: "predict-warm",
  measures: [
    {
      name: "predict-warm",
      about: `trained.predict of ${rows} digits, ${calls} calls one after another in the process that trained`,
      unit: "ms",
      goal: { relation: "<", value: 20 },
    },
  ],
  run: async (workplace) => {
    const { image, digit } = await workplace.digits();
    const run = await train(digitsMlp(), {
      data: data.arrays({ image, digit }),
      optimizer: adam({ learningRate: 1e-3 }),
      epochs: 2,
      batchSize: 32,
      seed: 0,
      runner: local({ root: workplace.runs }),
    });
    await using trained = await run.result();
    const milliseconds: number[] = [];
    // The first call, which starts the process that predicts, counts as every other does.
    for (let call = 0; call < calls; call++) {
      const at = (call * rows) % (digit.length - rows);
      const batch = { image: image.subarray(at * 64, (at + rows) * 64) };
      const started = performance.now();
      await trained.predict(batch);
      milliseconds.push(performance.now() - started);
    }
    return { "predict-warm": { samples: { ours: milliseconds } } };
  },
});
