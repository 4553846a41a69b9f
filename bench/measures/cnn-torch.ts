import { defineBench } from "../harness/bench.ts";
import { mnistContest } from "./mnist-contest.ts";

export const cnnTorch = defineBench({
  name: "cnn-torch",
  measures: [
    {
      name: "cnn-torch",
      about: "MNIST CNN as in cnn-keras, against eager PyTorch at its best number of threads and memory format",
      unit: "s/epoch",
      definition: "peer / ours",
      goal: { relation: ">=", value: 0.85 },
    },
  ],
  run: async (workplace) => ({ "cnn-torch": await mnistContest(workplace, "torch_cnn.py", "torch", 3) }),
});
