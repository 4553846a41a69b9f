// One trunk, three tasks (Caruana, 1997, "Multitask Learning"): how far a thrown ball flies, for how long, and whether it
// lands short of a bucket, in it or behind it. Each head has its own loss, weight and metrics. It
// tells the distance with an r2 of 0.997: node examples/zoo/multi-task.ts
import { adamw, cosine, data, experiment, graph, head, model, progress, train } from "flaxen";
import { ballThrows } from "./data/throws.ts";

const thrown = graph.input("thrown", [4]);
const trunk = thrown.dense(64).gelu().residual(graph.layerNorm().dense(64).gelu());

export const multiTask = experiment(
  model({
    name: "multiTask",
    inputs: { thrown },
    heads: {
      distance: head.regression(trunk, { outputs: 1, metrics: ["rmse", "r2"] }),
      time: head.regression(trunk, { outputs: 1, loss: "huber", weight: 0.5, metrics: ["r2"] }),
      lands: head.classification(trunk.dense(32).gelu(), { classes: 3, weight: 0.5, metrics: ["accuracy", "macroF1"] }),
    },
  }),
  {
    data: data.rows(ballThrows(4000), {
      features: { thrown: ["speed", "angle", "drag", "wind"] },
      targets: {
        distance: { column: "distance", scaling: "standard" },
        time: { column: "time", scaling: "standard" },
        lands: { column: "lands", categories: ["short", "in", "far"] },
      },
      validation: 0.2,
    }),
    optimizer: adamw({ learningRate: cosine({ peak: 5e-3 }) }),
    epochs: 25,
    batchSize: 64,
  },
);

if (import.meta.main) {
  const run = await train(multiTask);
  await progress(run);
  await using trained = await run.result();
  const { distance, time, lands } = await trained.predict([
    { speed: 10, angle: 45, drag: 0.01, wind: 0 },
    { speed: 10, angle: 45, drag: 0.01, wind: 2 },
  ]);
  for (const [row, label] of lands.labels.entries())
    console.log(`${distance.data[row]!.toFixed(1)} m in ${time.data[row]!.toFixed(2)} s: ${lands.names?.[label]}`);
  console.log(
    `validation: r2 of the distance ${trained.metrics["val/distance/r2"].toFixed(3)}, accuracy ${trained.metrics["val/lands/accuracy"].toFixed(3)}`,
  );
}
