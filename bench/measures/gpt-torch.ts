import { defineBench } from "../harness/bench.ts";
import { sequences, smallGpt } from "./tasks.ts";
import { contestRows, torchContest } from "./torch-contest.ts";

export const gptTorch = defineBench({
  name: "gpt-torch",
  measures: [
    {
      name: "gpt-torch",
      about:
        "four layers of GPT-2's kind (128 features, 64 positions), batch 32, Adam, against eager PyTorch at its best number of threads",
      unit: "ms",
      definition: "peer / ours",
      goal: { relation: ">=", value: 1.2 },
    },
  ],
  run: async (workplace) => {
    const { ids } = sequences(contestRows);
    return { "gpt-torch": await torchContest(workplace, "torch_gpt.py", smallGpt(), { ids }) };
  },
});
