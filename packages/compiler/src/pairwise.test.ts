import {
  type AnyHead,
  adabelief,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  type Columns,
  cosine,
  cosineRestarts,
  type Data,
  data,
  type ExperimentOptions,
  experiment,
  exponential,
  graph,
  head,
  inverseSqrt,
  inverseTime,
  join,
  lamb,
  lars,
  linear,
  lion,
  model,
  muon,
  nadam,
  oneCycle,
  optimizers as optimizerDefinitions,
  piecewise,
  polynomial,
  radam,
  rmsprop,
  type Schedule,
  schedules as scheduleDefinitions,
  sgd,
  step,
  warmupConstant,
  warmupCosine,
  warmupExponential,
  warmupLinear,
  warmupStableDecay,
} from "@flaxen/core";
import { beforeAll, expect, test } from "vitest";
import { allPairs, covering, type HeadCase, headCases, pairsOf, type Row, type Rule } from "../test/pairwise.ts";
import { lookAt } from "../test/programs.ts";

const rows = 8;
const makers = {
  adabelief,
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  lamb,
  lars,
  lion,
  muon,
  nadam,
  radam,
  rmsprop,
  sgd,
};
const optimizers = Object.keys(makers);

const schedules: Readonly<Record<string, Schedule | number>> = {
  constant: 0.01,
  linear: linear({ peak: 0.01 }),
  polynomial: polynomial({ peak: 0.01 }),
  cosine: cosine({ peak: 0.01 }),
  cosineRestarts: cosineRestarts({ peak: 0.01, period: 2 }),
  exponential: exponential({ peak: 0.01, factor: 0.9, every: 1 }),
  step: step({ peak: 0.01, every: 1 }),
  piecewise: piecewise({ rates: [0.01, 0.02], from: [1] }),
  inverseTime: inverseTime({ peak: 0.01, rate: 1, every: 1 }),
  inverseSqrt: inverseSqrt({ peak: 0.01, warmupSteps: 1 }),
  oneCycle: oneCycle({ peak: 0.01 }),
  warmupConstant: warmupConstant({ peak: 0.01, warmupSteps: 1 }),
  warmupLinear: warmupLinear({ peak: 0.01, warmupSteps: 1 }),
  warmupCosine: warmupCosine({ peak: 0.01, warmupSteps: 1 }),
  warmupExponential: warmupExponential({ peak: 0.01, warmupSteps: 1, factor: 0.9, every: 1 }),
  warmupStableDecay: warmupStableDecay({ peak: 0.01, warmupSteps: 1, decaySteps: 1 }),
  join: join({ schedules: [0.01, cosine({ peak: 0.01 })], from: [1] }),
};

type Settings = Omit<ExperimentOptions<Data, "loss">, "data" | "earlyStopping" | "weights">;
/** By the name of a layer that the model has. */
const settings: readonly ((layer: string) => Settings)[] = [
  () => ({}),
  () => ({ clipNorm: 1 }),
  () => ({ clipValue: 0.1, clipNorm: 1 }),
  () => ({ accumulate: 2 }),
  () => ({ averageWeights: 0.9 }),
  () => ({ reduceOnPlateau: { metric: "loss" } }),
  (layer) => ({ freeze: `${layer}/*` }),
  () => ({ groups: [{ match: "*/bias", learningRate: 0.02 }] }),
  (layer) => ({ groups: [{ match: `${layer}/*`, optimizer: adafactor() }], accumulate: 2, clipNorm: 1 }),
];

const row = graph.input("row", [8]);
const ids = graph.input("ids", [6], { dtype: "int" });
const features = row.dense(6, { name: "trunk" }).batchNorm().relu().dropout(0.1);
const positions = ids.embedding({ vocab: 5, features: 4, name: "tokens" }).dense(6, { name: "mixed" }).tanh();

const sizes = {
  optimizer: optimizers.length,
  schedule: Object.keys(schedules).length,
  setting: settings.length,
  head: headCases.length,
};
const optionsOf: Readonly<Record<HeadCase["type"], object>> = {
  classification: { classes: 3 },
  binary: {},
  multiLabel: { classes: 3 },
  regression: { outputs: 2 },
  reconstruction: { of: row },
  nextToken: { of: ids, vocab: 5 },
};
const headOf = ({ type, loss, metrics, positions: each }: HeadCase): AnyHead => {
  const make = head[type] as (from: unknown, options: object) => AnyHead;
  return make(each ? positions : features, { ...optionsOf[type], loss, metrics });
};

/** Numbers from 0.1 to 1, for errors relative to them, or whole numbers below a bound. */
const column = (shape: readonly number[], below?: number) => {
  const size = [rows, ...shape].reduce((product, axis) => product * axis, 1);
  const values = Array.from({ length: size }, (_, i) => (((i * 7919 + 13) % 101) + 11) / 112);
  const given = below === undefined ? Float32Array.from(values) : Int32Array.from(values, (x) => Math.floor(x * below));
  return { data: given, shape: [rows, ...shape] };
};
const columnOf = ({ type, positions: each }: HeadCase) => {
  const shape = each ? [6] : [];
  if (type === "classification") return column(shape, 3);
  if (type === "binary") return column(shape, 2);
  if (type === "multiLabel") return { ...column([3]), data: Float32Array.from(column([3], 2).data) };
  return type === "regression" ? column([...shape, 2]) : undefined;
};

const optimizerOf = ({ optimizer, schedule }: Rule) =>
  makers[optimizers[optimizer] as "sgd"]({ learningRate: Object.values(schedules)[schedule]! });

const experimentOf = ({ optimizer, schedule, setting, heads: chosen, groups: rules }: Row) => {
  const heads = Object.fromEntries(chosen.map((place) => [`out${place}`, headOf(headCases[place]!)]));
  const read = chosen.map((place) => headCases[place]!);
  const inputs = {
    ...(read.some((one) => !one.positions || one.type === "reconstruction") && { row }),
    ...(read.some((one) => one.positions) && { ids }),
  };
  const targets = chosen.map((place) => [`out${place}`, columnOf(headCases[place]!)] as const);
  const columns = {
    ...("row" in inputs && { row: column([8]) }),
    ...("ids" in inputs && { ids: column([6], 5) }),
    ...Object.fromEntries(targets.filter(([, given]) => given)),
  };
  const { groups: shared = [], ...others } = settings[setting]!("row" in inputs ? "trunk" : "mixed");
  // The first heads' weights are trained by rules of their own.
  const own = rules.map((rule, i) => ({ match: `out${chosen[i]}/*`, optimizer: optimizerOf(rule) }));
  const groups = [...own, ...shared];
  return experiment(model({ name: "net", inputs, heads: heads as Record<string, never> }), {
    data: data.arrays(columns as Columns),
    optimizer: optimizerOf({ optimizer, schedule }),
    steps: 2,
    batchSize: 4,
    ...others,
    ...(groups.length > 0 && { groups }),
  });
};

interface Trained {
  /** Of its metrics. */
  readonly names: readonly string[];
  /** Of both steps. */
  readonly losses: readonly number[];
  /** The largest change of a weight, and of those of each group. */
  readonly moved: number;
  readonly groupsMoved: readonly number[];
  readonly finite: boolean;
}
const table = covering(sizes);
let trained: readonly (Trained | string)[] = [];

beforeAll(() => {
  const groups = table.map((line) => line.groups.map((_, place) => `out${line.heads[place]}`));
  trained = lookAt<Trained>(
    "pairwise.py",
    table.map(experimentOf),
    groups.map((layers) => ({ groups: layers })),
  );
}, 900_000);

test("the table holds every pair of head, optimizer, schedule and setting", () => {
  expect(new Set(optimizers)).toEqual(new Set(Object.keys(optimizerDefinitions)));
  expect(new Set(Object.keys(schedules))).toEqual(new Set(Object.keys(scheduleDefinitions)));
  const pairs = new Set(allPairs(sizes));
  for (const pair of table.flatMap(pairsOf)) pairs.delete(pair);
  expect([...pairs]).toEqual([]);
});

const told = ({ optimizer, schedule, setting, heads, groups }: Row): string =>
  [
    ...[{ optimizer, schedule }, ...groups].map(
      (rule) => `${optimizers[rule.optimizer]}, ${Object.keys(schedules)[rule.schedule]}`,
    ),
    JSON.stringify(settings[setting]!("trunk")),
    ...heads.map((one) => JSON.stringify(headCases[one])),
  ].join("\n");

test("every program of the table trains for two steps: its weights move, those of every group too, and stay finite", () => {
  const wrong = table.flatMap((line, i) => {
    const found = trained[i]!;
    if (typeof found === "string") return [`${told(line)}\n${found}`];
    const { losses, finite, moved, groupsMoved } = found;
    const right = finite && losses.length === 2 && losses.every(Number.isFinite);
    const learns = moved > 0 && groupsMoved.length === line.groups.length && groupsMoved.every((change) => change > 0);
    return right && learns ? [] : [`${told(line)}\n${JSON.stringify(found)}`];
  });
  expect(trained).toHaveLength(table.length);
  expect(wrong.slice(0, 3).join("\n")).toBe("");
});

test("every metric that was asked for is reported", () => {
  for (const [i, { heads }] of table.entries())
    for (const place of heads)
      for (const metric of headCases[place]!.metrics)
        expect((trained[i] as Trained).names).toContain(`out${place}/${metric}`);
});
