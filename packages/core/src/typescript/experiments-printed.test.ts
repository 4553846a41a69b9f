import { expect, test } from "vitest";
import { type Random, randomFrom } from "../../test/random.ts";
import { runTypeScript } from "../../test/run-typescript.ts";
import { typeCheck } from "../../test/type-check.ts";
import {
  type AnyModel,
  catalogue,
  type Data,
  data,
  defineLayer,
  defineLoss,
  defineMetric,
  documentHash,
  type ExperimentDocument,
  expectationsOf,
  experiment,
  graph,
  head,
  model,
  parseDocument,
} from "../index.ts";
import { toTypeScript } from "./to-typescript.ts";

const firstSeed = Number(process.env.FLAXEN_SEED ?? 0) * 100_000;
const { optimizers, schedules } = catalogue();

const row = graph.input("row", [4]);
const net = model({
  inputs: { row },
  heads: { price: head.regression(row.dense(8, { name: "first" }).relu().dense(4, { name: "second" })) },
});
const files = { row: "row.idx", price: "price.idx" };
const { document: bound } = data.idx({ train: files, validation: files }).bind(expectationsOf(net.document));

type Schema = Readonly<Record<string, any>>;

/** A value that a JSON Schema allows. */
const drawn = (random: Random, schema: Schema): unknown => {
  const one = schema.anyOf ? random.pick(schema.anyOf as Schema[]) : schema;
  if (one.const !== undefined) return one.const;
  if (one.enum) return random.pick(one.enum as unknown[]);
  if (one.type === "boolean") return random.chance(0.5);
  if (one.type === "array") return Array.from({ length: one.minItems ?? 2 }, () => drawn(random, one.items));
  const low = one.exclusiveMinimum ?? one.minimum ?? 0;
  const high = Math.min(one.exclusiveMaximum ?? one.maximum ?? low + 1, low + 40);
  if (one.type === "integer") return Math.max(low, 1) + random.between(0, Math.min(high - low, 30) - 1);
  return low + (high - low) * (random.between(1, 99) / 100);
};

const parametersOf = (random: Random, { parameters }: { readonly parameters: Schema }) => {
  const required: readonly string[] = parameters.required ?? [];
  return Object.fromEntries(
    Object.entries((parameters.properties ?? {}) as Record<string, Schema>).flatMap(([name, schema]) =>
      name === "learningRate" || (!required.includes(name) && random.chance(0.5))
        ? []
        : [[name, drawn(random, schema)]],
    ),
  );
};

const scheduleOf = (random: Random, type: string): { readonly type: string; readonly params: object } => {
  if (type === "warmupExponential")
    return { type, params: { peak: 0.1, warmupSteps: random.between(0, 9), factor: 0.9, every: 3, end: 0.01 } };
  if (type === "join") {
    const others = Object.keys(schedules).filter((other) => other !== "join");
    const joined = Array.from({ length: 3 }, () => scheduleOf(random, random.pick(others)));
    return { type, params: { schedules: joined, from: [3, random.between(4, 12)] } };
  }
  if (type !== "piecewise") return { type, params: parametersOf(random, schedules[type]!) };
  return { type, params: { rates: [0.1, 0.02, 0.001], from: [3, random.between(4, 12)] } };
};

const optimizerOf = (random: Random, type: string, schedule: string) => ({
  type,
  params: { ...parametersOf(random, optimizers[type]!), learningRate: scheduleOf(random, schedule) },
});

const maybe = (random: Random, key: string, value: unknown) => (random.chance(0.3) ? { [key]: value } : {});

/** Every optimizer and every schedule in turn, the rest by chance. */
const documentOf = (seed: number): unknown => {
  const random = randomFrom(seed);
  const [types, rates] = [Object.keys(optimizers), Object.keys(schedules)];
  const some = () => optimizerOf(random, random.pick(types), random.pick(rates));
  const training = {
    optimizer: optimizerOf(random, types[seed % types.length]!, rates[seed % rates.length]!),
    ...(random.chance(0.5) ? { epochs: random.between(1, 9) } : { steps: random.between(1, 99) }),
    batchSize: 4 * random.between(1, 9),
    seed: random.between(0, 2),
    shuffleSeed: random.between(0, 2),
    ...maybe(random, "freeze", random.pick([["first"], ["first/bias", "second/bias"]])),
    ...maybe(random, "groups", [
      { match: ["price"], optimizer: some() },
      ...(random.chance(0.5) ? [{ match: ["*/bias", "second"], optimizer: some() }] : []),
    ]),
    ...maybe(random, "clipValue", 0.5),
    ...maybe(random, "clipNorm", 1),
    ...maybe(random, "accumulate", random.pick([2, 4])),
    ...maybe(random, "averageWeights", 0.999),
    ...maybe(random, "earlyStopping", {
      metric: random.pick(["val/loss", "loss", "val/price/loss"]),
      mode: random.pick(["min", "max"]),
      patience: random.between(0, 8),
      minDelta: random.pick([0, 0.01]),
    }),
    ...maybe(random, "reduceOnPlateau", {
      metric: random.pick(["val/loss", "loss", "val/price/loss"]),
      mode: random.pick(["min", "max"]),
      factor: random.pick([0.1, 0.5]),
      patience: random.pick([10, 2]),
      minDelta: 0,
      cooldown: random.pick([0, 1]),
      minScale: random.pick([0, 0.01]),
    }),
  };
  return { flaxen: 1, model: net.document, data: bound, training };
};

test("document -> TypeScript -> document is the identity, over every optimizer, schedule and option of training", () => {
  const seen = new Set<string>();
  const refusals: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + 100; seed++) {
    const given = documentOf(seed);
    let document: ExperimentDocument;
    try {
      ({ document } = parseDocument(given));
    } catch (error) {
      refusals.push(`${seed}: ${(error as Error).message.split("\n")[0]}`);
      continue;
    }
    const { optimizer, groups = [] } = document.training!;
    for (const { type, params } of [optimizer, ...groups.map((group) => group.optimizer)])
      seen.add(type).add((params.learningRate as { type: string }).type);
    const text = toTypeScript(document);
    try {
      expect(runTypeScript(text).trial.toJSON()).toEqual(document);
    } catch (error) {
      throw new Error(`seed ${seed}:\n${text}`, { cause: error });
    }
  }
  expect([...seen].sort()).toEqual([...Object.keys(optimizers), ...Object.keys(schedules)].sort());
  expect(refusals.length, refusals.join("\n")).toBeLessThan(10);
});

const house = graph.input("house", [2]);
const city = graph.input("city", [1], { dtype: "int" });
const advert = graph.input("advert", [16], { dtype: "int" });
const ofCity = city.embedding({ vocab: 9, features: 4 }).flatten();
const ofAdvert = advert.embedding({ vocab: 50, features: 4 }).globalAvgPool();
const houses = model({
  name: "houses",
  inputs: { house, city, advert },
  heads: {
    price: head.regression(house.concat([ofCity, ofAdvert])),
    kind: head.classification(house.dense(4), { classes: 3 }),
  },
});
const table = {
  features: {
    house: ["area", { column: "rooms", missing: "median", scaling: "minMax" }],
    city: { column: "city", kind: "category", maxCategories: 8 },
    advert: { column: "advert", kind: "text", tokenizer: "character", lowercase: true },
  },
  targets: { price: { column: "price", scaling: "standard" }, kind: { column: "kind", categories: ["a", "b", "c"] } },
} as const;
const pixels = graph.input("pixels", [8, 8, 1]);
const picture = model({
  name: "picture",
  inputs: { pixels },
  heads: { kind: head.classification(pixels.flatten(), { classes: 10 }) },
});
const pair = graph.input("pair", [2]);
const small = model({ name: "small", inputs: { pair }, heads: { price: head.regression(pair) } });
const ids = graph.input("ids", [8], { dtype: "int" });
const words = model({
  name: "words",
  inputs: { ids },
  heads: { next: head.nextToken(ids.embedding({ vocab: 40, features: 4 }), { of: ids, vocab: 40 }) },
});
const big = graph.input("image", [28, 28, 1]);
const digit = model({
  name: "digit",
  inputs: { image: big },
  heads: { label: head.classification(big.flatten(), { classes: 10 }) },
});
const arrays = {
  pair: [
    [1, 2],
    [3, 4],
    [5, 6],
    [7, 8],
  ],
  price: [1, 2, 3, 4],
};
const plain = { features: { pair: ["a", "b"] }, targets: { price: "p" } } as const;
const cells = [
  { a: 1, b: 2, p: 3 },
  { a: 2, b: 3, p: 4 },
  { a: 5, b: 3, p: 1 },
  { a: 0, b: 1, p: 2 },
];
const sentences = ["a long text of some words", "another text with words"];

/** A model, its data, and what a printed function takes because no document holds it. */
const kinds: Readonly<Record<string, readonly [AnyModel, unknown, ...unknown[]]>> = {
  digits: [picture, data.digits()],
  "digits in part": [picture, data.digits({ validation: 0.25 } as never)],
  mnist: [digit, data.mnist()],
  "mnist with its test": [digit, data.mnist({ validation: 0.1, test: true })],
  idx: [small, data.idx({ train: { pair: "pair.idx", price: "price.idx" } })],
  "a table": [houses, data.csv("houses.csv", table as never)],
  "a table with folds": [
    houses,
    data.csv("houses.csv", { ...table, separator: ";", validation: { fold: 1, of: 5, stratify: "kind" } } as never),
  ],
  "a table with groups": [
    houses,
    data.parquet("houses.parquet", { ...table, validation: { ratio: 0.2, group: "city" } } as never),
  ],
  "a table split by a column": [
    small,
    data.csv("a.csv", { ...plain, scaling: "robust", validation: { column: "part", value: "test" } }),
  ],
  "two tables": [small, data.csv("a.csv", { ...plain, validation: "b.csv" } as never)],
  "three tables": [small, data.csv("a.csv", { ...plain, validation: "b.csv", test: "c.csv" })],
  images: [picture, data.images("photos", { validation: 0.2, fit: "stretch" } as never)],
  "a text file": [words, data.text("book.txt", { tokenizer: "character" } as never)],
  "text files": [
    words,
    data.text(["a.txt", "b.txt"], {
      tokenizer: "word",
      vocab: 40,
      lowercase: true,
      validation: 0.1,
      stride: 2,
    } as never),
  ],
  texts: [words, data.text({ texts: sentences } as never, { tokenizer: "character" } as never), { texts: sentences }],
  arrays: [small, data.arrays(arrays), arrays],
  "arrays in part": [small, data.arrays(arrays, { validation: { ratio: 0.5 } } as never), arrays],
  "two arrays": [small, data.arrays(arrays, { validation: arrays }), arrays, arrays],
  "three arrays": [small, data.arrays(arrays, { validation: arrays, test: arrays }), arrays, arrays, arrays],
  "arrays of which some test": [small, data.arrays(arrays, { test: 0.5 }), arrays],
  rows: [small, data.rows(cells, plain as never), cells],
};

test.each(Object.entries(kinds))("data: %s come out the same", (_, [net, given, ...beside]) => {
  const { document } = experiment(net, { data: given as Data, epochs: 1, batchSize: 2 });
  const text = toTypeScript(document);
  const { trial } = runTypeScript(text);
  const again = typeof trial === "function" ? trial(...beside) : trial;
  expect(again.toJSON(), text).toEqual(document);
});

test("every kind of data is among them", () => {
  const tried = Object.values(kinds).map(([, given]) => (given as { type: string }).type);
  expect([...new Set(tried)].sort()).toEqual(Object.keys(catalogue().data).sort());
});

test("weights to start from are handed in", () => {
  const sha256 = "0".repeat(64);
  const weights = { kind: "weights", sha256, bytes: new Uint8Array(), model: documentHash(small.document) } as const;
  const { document } = experiment(small, { data: data.arrays(arrays), epochs: 1, batchSize: 2, weights });
  const text = toTypeScript(document);
  expect(text).toContain("(columns: Columns, weights: InitialWeights) =>");
  expect(runTypeScript(text).trial(arrays, weights).toJSON()).toEqual(document);
});

test("what is printed passes the type checker", () => {
  const lossy = defineLoss({
    name: "lossy",
    heads: ["regression"],
    anyOptions: true,
    dynamic: ["over"],
    python: "def lossy(output, target, kind, over):\n    return output[:, 0]",
  });
  const within = defineMetric({
    name: "within",
    heads: ["regression"],
    python: "def within(output, target):\n    return 1",
  });
  const scale = defineLayer({ name: "scale", anyOptions: true, python: "class Scale(nnx.Module):\n    pass" });
  const own = model({
    name: "own",
    inputs: { pair },
    heads: {
      price: head.regression(pair.layer(scale, { by: 2 }), {
        loss: lossy({ kind: "l1", over: 2 }),
        metrics: ["rmse", within],
      }),
    },
  });
  const stop = { metric: "val/price/within", patience: 2 } as const;
  const documents = [
    experiment(own, { data: data.arrays(arrays, { validation: arrays }), epochs: 1, batchSize: 2, earlyStopping: stop })
      .document,
    ...Object.values(kinds).map(
      ([net, given]) => experiment(net, { data: given as Data, epochs: 1, batchSize: 2 }).document,
    ),
    ...Array.from({ length: 40 }, (_, seed) => documentOf(firstSeed + seed)).filter((one) => {
      try {
        return parseDocument(one) !== undefined;
      } catch {
        return false;
      }
    }),
  ];
  const imports = new Set<string>();
  const bodies = documents.map((document, place) => {
    const [first, ...lines] = toTypeScript(document).split("\n");
    for (const name of first!.match(/\{ *(.*?) *\}/)![1]!.split(", ")) imports.add(name);
    return `export const program${place} = () => {\n${lines.join("\n").replace(/^export const/gm, "const")}\nreturn [trial];};`;
  });
  expect(typeCheck(`import { ${[...imports].join(", ")} } from "../../src/index.ts";\n${bodies.join("\n")}`)).toBe("");
});
