// node print-compilation.ts: compiles two experiments; prints what came out, then where it happened. Runs in any folder.
import { compile } from "@flaxen/compiler";
import { adamw, data, type Experiment, experiment, graph, head, model, warmupCosine } from "@flaxen/core";
import { digitsExperiment } from "./models.ts";

const left = graph.input("left", [8]);
const right = graph.input("right", [8]);
const encoder = graph.block("encoder", graph.dense(16).batchNorm().relu(), { shared: true });
const joined = left.pipe(encoder).add(right.pipe(encoder)).residual(graph.dense(16).dropout(0.1));
const pairs = model({
  name: "pairs",
  inputs: { left, right },
  heads: {
    same: head.classification(joined, { classes: 2, metrics: ["accuracy"] }),
    distance: head.regression(joined, { metrics: ["rmse", "r2"], weight: 0.5 }),
  },
});
const columns = {
  left: new Float32Array(80),
  right: new Float32Array(80),
  same: new Int32Array(10),
  distance: new Float32Array(10),
};
const whole = experiment(pairs, {
  data: data.arrays(columns, { validation: 0.2 }),
  optimizer: adamw({ learningRate: warmupCosine({ peak: 0.1234567, warmupSteps: 10 }) }),
  steps: 100,
  batchSize: 4,
});
const compiled = ({ document, sites }: Experiment) => compile(document, { sites });
const [digits, both] = [compiled(digitsExperiment()), compiled(whole)];
console.log(JSON.stringify([digits, both].map(({ sites, ...rest }) => rest)));
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
console.log(JSON.stringify({ locale, timeZone, file: digits.sites.digit?.file }));
