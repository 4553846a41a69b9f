// Predicts the power that a heat pump draws from a CSV file: node examples/csv-regression.ts
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, cosine, data, graph, head, model, progress, train } from "flaxen";

const file = join(await mkdtemp(join(tmpdir(), "flaxen-heating-")), "heating.csv");
await writeFile(file, heatingTable(4_000));

const weather = graph.input("weather", [4]);
const heating = model({
  inputs: { weather },
  heads: {
    power: head.regression(weather.dense(64).relu().dense(64).relu(), { outputs: 1, metrics: ["rmse", "r2"] }),
  },
});

const run = await train(heating, {
  data: data.csv(file, {
    features: { weather: ["outdoor", "wind", "sun", "occupants"] },
    targets: { power: "kilowatts" },
    validation: 0.2,
  }),
  optimizer: adam({ learningRate: cosine({ peak: 3e-3 }) }),
  epochs: 20,
  batchSize: 64,
  earlyStopping: { metric: "val/power/rmse", mode: "min", patience: 8 },
  seed: 0,
});
await progress(run);
const trained = await run.result();

const { power } = await trained.predict({
  weather: [
    [-8, 6, 0, 3],
    [12, 2, 500, 3],
  ],
});
console.log(`a freezing night: ${power.data[0]?.toFixed(2)} kW, a mild noon: ${power.data[1]?.toFixed(2)} kW`);
console.log(
  `validation rmse ${trained.metrics["val/power/rmse"].toFixed(3)} kW, r2 ${trained.metrics["val/power/r2"].toFixed(3)}`,
);

/** The same table at every call: a house's heat loss over the heat pump's efficiency, and a little noise. */
function heatingTable(rows: number): string {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lines = Array.from({ length: rows }, () => {
    const outdoor = -15 + 35 * random();
    const wind = 10 * random();
    const sun = 800 * random();
    const occupants = Math.floor(5 * random());
    const loss = Math.max(0, (21 - outdoor) * (0.18 + 0.012 * wind) - 0.004 * sun - 0.1 * occupants);
    const efficiency = 2.5 + 0.08 * outdoor;
    const kilowatts = loss / Math.max(1, efficiency) + 0.1 * (random() - 0.5);
    return [outdoor, wind, sun]
      .map((value) => value.toFixed(2))
      .concat(`${occupants}`, kilowatts.toFixed(4))
      .join(",");
  });
  return ["outdoor,wind,sun,occupants,kilowatts", ...lines, ""].join("\n");
}
