// A table with numbers, categories and holes: each category has a learned vector (Guo & Berkhahn, 2016, "Entity Embeddings
// of Categorical Variables"), missing numbers become the median, and the few who leave weigh as much as the many who
// stay. The area under the ROC curve is 0.94: node examples/zoo/tabular.ts
import { adamw, cosine, data, experiment, graph, head, model, progress, train } from "flaxen";
import { customers } from "./data/customers.ts";

const numbers = graph.input("numbers", [4]);
const categories = graph.input("categories", [3], { dtype: "int" });
const features = numbers
  .concat(categories.embedding({ vocab: 12, features: 4 }).flatten())
  .dense(48)
  .relu()
  .dropout(0.1)
  .dense(24)
  .relu();

export const tabular = experiment(
  model({
    name: "tabular",
    inputs: { numbers, categories },
    heads: {
      outcome: head.binary(features, { posWeight: 3, metrics: ["rocAuc", "prAuc", "recall", "balancedAccuracy"] }),
    },
  }),
  {
    data: data.rows(customers(6000), {
      features: {
        numbers: ["months", "charge", "calls", { column: "age", missing: "median" }],
        categories: [
          { column: "contract", kind: "category" },
          { column: "payment", kind: "category" },
          { column: "region", kind: "category", missing: "unknown" },
        ],
      },
      targets: { outcome: { column: "outcome", categories: ["stays", "left"] } },
      validation: { ratio: 0.2, stratify: "outcome" },
    }),
    optimizer: adamw({ learningRate: cosine({ peak: 5e-3 }), weightDecay: 1e-3 }),
    epochs: 12,
    batchSize: 64,
  },
);

if (import.meta.main) {
  const run = await train(tabular);
  await progress(run);
  await using trained = await run.result();
  const wavering = {
    contract: "monthly",
    payment: "card",
    region: "islands",
    months: 2,
    charge: 90,
    calls: 4,
    age: null,
  };
  const settled = {
    contract: "two years",
    payment: "transfer",
    region: null,
    months: 60,
    charge: 40,
    calls: 0,
    age: 30,
  };
  const { outcome } = await trained.predict([wavering, settled]);
  for (const [row, label] of outcome.labels.entries())
    console.log(
      `${outcome.names?.[label]}: would leave with probability ${outcome.probabilities.data[row]!.toFixed(3)}`,
    );
  console.log(`validation: area under the ROC curve ${trained.metrics["val/outcome/rocAuc"].toFixed(3)}`);
}
