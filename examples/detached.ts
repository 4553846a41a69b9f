// Starts a run that outlives this script: node examples/detached.ts
// Goes on with it from any other terminal: node examples/detached.ts RUN
import { local } from "@flaxen/runner-local";
import { adam, data, experiment, graph, head, model, progress, train } from "flaxen";

const image = graph.input("image", [64]);
const digits = experiment(
  model({
    inputs: { image },
    heads: { digit: head.classification(image.dense(128).relu(), { classes: 10, metrics: ["accuracy"] }) },
  }),
  { data: data.digits({ validation: 0.2 }), optimizer: adam({ learningRate: 1e-3 }), epochs: 40, batchSize: 32 },
);

const runner = local();
const [id] = process.argv.slice(2);
if (id === undefined) {
  const run = await train(digits, { runner, detach: true, maxSeconds: 3_600 });
  console.log(`started ${run.id}; go on with: node examples/detached.ts ${run.id}`);
} else {
  const run = await runner.attach(id, { as: digits }); // typed as the experiment is
  await progress(run);
  const trained = await run.result();
  console.log(`validation accuracy ${trained.metrics["val/digit/accuracy"].toFixed(4)}`);
}
