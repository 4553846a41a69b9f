// A transformer with an encoder and a decoder (Vaswani et al., 2017, "Attention Is All You Need") that adds numbers, as
// text: "47+8" -> "55"; norms stand before each part, positions are learned, and gelu takes the place of relu. The decoder
// reads the answer from its begin on and predicts at each position what comes next: teacher forcing. To answer, it writes
// from the begin until it writes the end. Of sums that it saw in neither order, it predicts 99.8 % of the tokens, the end
// among them, and writes 99 % of the answers without a mistake: node examples/zoo/seq2seq.ts
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
const sum = (a: number, b: number) => ({ question: `${a}+${b}`, answer: `${a + b}` });
const learned: ReturnType<typeof sum>[] = [];
const heldOut: ReturnType<typeof sum>[] = [];
// 8+47 and 47+8 are on one side: who knows one knows the other.
for (let a = 0; a < 100; a++)
  for (let b = 0; b <= a; b++) {
    const both = a === b ? [sum(a, b)] : [sum(a, b), sum(b, a)];
    (random() < 0.1 ? heldOut : learned).push(...both);
  }

export const seq2seq = experiment(
  model({
    name: "seq2seq",
    inputs: { question, answer },
    heads: { next: head.nextToken(written, { of: answer, vocab: 16, metrics: ["accuracy"] }) },
  }),
  {
    data: data.rows(learned, {
      features: {
        question: { column: "question", kind: "text", tokenizer: "character" },
        answer: { column: "answer", kind: "text", tokenizer: "character", ends: true },
      },
      validation: heldOut,
    }),
    optimizer: adamw({ learningRate: warmupCosine({ peak: 3e-3, warmupSteps: 100 }) }),
    epochs: 9,
    batchSize: 64,
    clipNorm: 1,
  },
);

if (import.meta.main) {
  const run = await train(seq2seq);
  await progress(run);
  await using trained = await run.result();
  const answers = await trained.generate(
    heldOut.map(() => ""),
    { inputs: { question: heldOut.map(({ question }) => question) }, temperature: 0 },
  );
  for (const at of [0, 200, 400, 800]) console.log(`${heldOut[at]!.question} = ${answers[at]}`);
  const right = heldOut.filter(({ answer }, at) => answers[at] === answer).length;
  console.log(`validation: accuracy of a token ${trained.metrics["val/next/accuracy"].toFixed(3)}`);
  console.log(`written without a mistake: ${right} of ${heldOut.length} answers`);
}
