// A decoder-only transformer in the manner of GPT-2 (Radford et al., 2019, "Language Models are Unsupervised Multitask
// Learners"), as small as Karpathy's nanoGPT for characters; unlike there, the head has weights of its own, those that
// end in a residual begin no smaller than others, and gelu is the exact one. It learns to write pages like those of
// docs/nodes, to a perplexity of 2.3 a character: node examples/zoo/gpt-small.ts
import { readdirSync, readFileSync } from "node:fs";
import { adamw, blocks, data, experiment, graph, head, model, progress, train, warmupCosine } from "flaxen";

const folder = new URL("../../docs/nodes/", import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md") && name !== "README.md")
  .sort()
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

const ids = graph.input("ids", [64], { dtype: "int" });
const hidden = ids
  .embedding({ vocab: 128, features: 96 })
  .learnedPositions({ length: 64 })
  .repeat(3, blocks.transformerEncoder({ features: 96, heads: 4, causal: true, dropout: 0, name: "block" }))
  .layerNorm();

export const gptSmall = experiment(
  model({
    name: "gptSmall",
    inputs: { ids },
    heads: { next: head.nextToken(hidden, { of: ids, vocab: 128, metrics: ["perplexity", "accuracy"] }) },
  }),
  {
    data: data.text({ texts: pages }, { tokenizer: "character", validation: 0.1 }),
    optimizer: adamw({
      learningRate: warmupCosine({ peak: 3e-3, warmupSteps: 50 }),
      weightDecay: 0.1,
      decay: "kernels",
    }),
    steps: 400,
    batchSize: 16,
    clipNorm: 1,
  },
);

if (import.meta.main) {
  const run = await train(gptSmall);
  await progress(run);
  await using trained = await run.result();
  const prompt = "# pool\n\n";
  console.log(prompt + (await trained.generate(prompt, { tokens: 400, temperature: 0.3 })));
  console.log(`validation: perplexity of a character ${trained.metrics["val/next/perplexity"].toFixed(2)}`);
}
