import { compile as compileExperiment, data, experiment, graph, head, model, type Tensor } from "flaxen";
import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";

const rounds = 9;

export const compile = defineBench({
  name: "compile",
  measures: [
    {
      name: "compile-1k",
      about: "a document of 1,000 nodes (dense, layerNorm, relu, dropout, add) to a program",
      unit: "ms",
      goal: { relation: "<=", value: 50 },
    },
    {
      name: "compile-10k",
      about: "the same with 10,000 nodes, against 1,000",
      unit: "ms",
      definition: "ours / peer",
      goal: { relation: "<=", value: 10 },
    },
  ],
  run: async () => {
    const [small, large] = [deep(1_000), deep(10_000)];
    const milliseconds = (given: ReturnType<typeof deep>): number => {
      const began = performance.now();
      compileExperiment(given);
      return performance.now() - began;
    };
    for (let warm = 0; warm < 10; warm++) milliseconds(small);
    const found = await interleave(rounds, {
      small: async () => [milliseconds(small)],
      large: async () => [milliseconds(large)],
    });
    return {
      "compile-1k": { samples: { ours: found.small } },
      "compile-10k": { samples: { ours: found.large, peer: found.small }, against: "1,000 nodes" },
    };
  },
});

/** Five nodes a block, every block's sum with what it read, so that values live on beyond the next line. */
const deep = (nodes: number) => {
  const x = graph.input("x", [64]);
  let value: Tensor<["batch", 64]> = x;
  for (let made = 1; made < nodes; made += 5) value = value.add(value.dense(64).layerNorm().relu().dropout(0.1));
  const net = model({ name: "deep", inputs: { x }, heads: { y: head.regression(value) } });
  const files = data.idx({ train: { x: "x.idx", y: "y.idx" } });
  return experiment(net, { data: files, epochs: 1 });
};
