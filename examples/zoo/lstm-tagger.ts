// A bidirectional LSTM that tags words (Graves & Schmidhuber, 2005, "Framewise Phoneme Classification with Bidirectional
// LSTM"; Huang, Xu & Yu, 2015, for tagging). Sentences differ in length: with the words as the mask, as 0 is padding, the
// LSTM does not read padding; the tag of padding is -1, which does not count. It gets 99 % of the words
// right; of some, no neighbour tells what they are: node examples/zoo/lstm-tagger.ts
import { adam, cosine, data, experiment, graph, head, model, progress, train } from "flaxen";
import { sentences } from "./data/sentences.ts";

const words = graph.input("words", [12], { dtype: "int" });
const read = words
  .embedding({ vocab: 40, features: 24 })
  .lstm(32, { direction: "bidirectional", returnSequences: true, mask: words })
  .dropout(0.1);

export const lstmTagger = experiment(
  model({
    name: "lstmTagger",
    inputs: { words },
    heads: { part: head.classification(read, { classes: 6, metrics: ["accuracy", "sequenceAccuracy"] }) },
  }),
  {
    data: data.rows(sentences(4000), {
      features: { words: { column: "sentence", kind: "text", tokenizer: "whitespace" } },
      targets: { part: "parts" },
      validation: 0.2,
    }),
    optimizer: adam({ learningRate: cosine({ peak: 1e-2 }) }),
    epochs: 6,
    batchSize: 32,
  },
);

if (import.meta.main) {
  const run = await train(lstmTagger);
  await progress(run);
  await using trained = await run.result();
  for (const sentence of ["they can fish", "the can will light the light", "her duck saw her duck"]) {
    const { part } = await trained.predict({ words: sentence });
    console.log(
      sentence
        .split(" ")
        .map((word, at) => `${word}/${part.names?.[part.labels[at]!]}`)
        .join(" "),
    );
  }
  console.log(
    `validation: words ${trained.metrics["val/part/accuracy"].toFixed(3)}, sentences ${trained.metrics["val/part/sequenceAccuracy"].toFixed(3)}`,
  );
}
