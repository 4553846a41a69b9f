// A transformer with an encoder and a decoder (Vaswani et al., 2017, "Attention Is All You Need") that adds numbers, as
// text: "47+8" -> "55". The decoder reads the answer from its begin on and predicts at each position what comes next:
// teacher forcing. To answer, it writes from the begin until it writes the end. Of sums that it never saw it gets 98 % of
// the characters right, the end among them: node examples/zoo/seq2seq.ts
import { adamw, blocks, data, experiment, graph, head, model, progress, train, warmupCosine } from "flaxen";
import { randomNumbers } from "./data/random.ts";

const question = graph.input("question", [8], { dtype: "int" });
const answer = graph.input("answer", [6], { dtype: "int" });

const layer = { features: 64, heads: 4, mlpRatio: 2, dropout: 0 } as const;
const understood = question
  .embedding({ vocab: 16, features: 64 })
  .learnedPositions({ length: 8 })
  .repeat(2, blocks.transformerEncoder({ ...layer, mask: question }))
  .layerNorm();
const written = answer
  .embedding({ vocab: 16, features: 64 })
  .learnedPositions({ length: 6 })
  .repeat(2, blocks.transformerDecoder(understood, { ...layer, contextMask: question }))
  .layerNorm();

const random = randomNumbers(1);
const sums = Array.from({ length: 6000 }, () => {
  const [a, b] = [Math.floor(random() * 100), Math.floor(random() * 100)];
  return { question: `${a}+${b}`, answer: `${a + b}` };
});

export const seq2seq = experiment(
  model({
    name: "seq2seq",
    inputs: { question, answer },
    heads: { next: head.nextToken(written, { of: answer, vocab: 16, metrics: ["accuracy"] }) },
  }),
  {
    data: data.rows(sums, {
      features: {
        question: { column: "question", kind: "text", tokenizer: "character" },
        answer: { column: "answer", kind: "text", tokenizer: "character", ends: true },
      },
      validation: { ratio: 0.1, group: "question" },
    }),
    optimizer: adamw({ learningRate: warmupCosine({ peak: 3e-3, warmupSteps: 100 }) }),
    epochs: 14,
    batchSize: 64,
    clipNorm: 1,
  },
);

if (import.meta.main) {
  const run = await train(seq2seq);
  await progress(run);
  await using trained = await run.result();
  const questions = ["1+2", "17+25", "99+99", "64+8"];
  const answers = await trained.generate(
    questions.map(() => ""),
    { inputs: { question: questions }, temperature: 0 },
  );
  for (const [at, one] of questions.entries()) console.log(`${one} = ${answers[at]}`);
  console.log(`validation: accuracy of a digit ${trained.metrics["val/next/accuracy"].toFixed(3)}`);
}
