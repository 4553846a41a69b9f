/** A mistake as somebody makes it, on what `above` declares. */
export interface Mistake {
  readonly title: string;
  readonly code: string;
  /** Types cannot know it: the editor says nothing. */
  readonly onlyWhenRun?: true;
  /** The run cannot know it, or goes on with what it was given. */
  readonly onlyInEditor?: true;
}

/** A place whose type the editor shows: the name between « and ». */
export interface Hover {
  readonly title: string;
  readonly code: string;
}

/** Imports of every mistake. */
export const imports = `import { adamw, blocks, cosine, data, defineLayer, experiment, graph, head, model, sgd, type Tensor, train, warmupCosine } from "flaxen";
import { z } from "zod";
`;

/** What stands above every mistake. */
export const above = `const image = graph.input("image", [28, 28, 1]);
const row = graph.input("row", [10]);
const words = graph.input("words", [16], { dtype: "int" });
const sentence = words.embedding({ vocab: 1000, features: 64 });
const features = image.flatten().dense(128).relu();
const digits = model({
  inputs: { image },
  heads: { digit: head.classification(features, { classes: 10, metrics: ["accuracy", "top5"] }) },
});
`;

/** What stands above mistakes with a run. */
export const running = `const run = await train(digits, { data: data.mnist(), epochs: 3 });
const trained = await run.result();
`;
