import { defineBench } from "../harness/bench.ts";
import { lstmClassifier, sequences } from "./tasks.ts";
import { contestRows, torchContest } from "./torch-contest.ts";

export const lstmTorch = defineBench({
  name: "lstm-torch",
  measures: [
    {
      name: "lstm-torch",
      about:
        "LSTM 128 over 64 steps of 64 features, batch 32, Adam, against eager PyTorch at its best number of threads",
      unit: "ms",
      definition: "peer / ours",
      goal: { relation: ">=", value: 1 },
    },
  ],
  run: async (workplace) => {
    const { wave, kind } = sequences(contestRows);
    return { "lstm-torch": await torchContest(workplace, "torch_lstm.py", lstmClassifier(), { wave, kind }) };
  },
});
