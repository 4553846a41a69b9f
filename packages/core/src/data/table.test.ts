import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { data, experiment, graph, head, model } from "../index.ts";

const size = graph.input("size", [2]);
const place = graph.input("place", [2], { dtype: "int" });
const advert = graph.input("advert", [6], { dtype: "int" });
const features = size.concat([
  place.embedding({ vocab: 30, features: 4 }).flatten(),
  advert.embedding({ vocab: 90, features: 4 }).flatten(),
]);
const house = model({
  inputs: { size, place, advert },
  heads: {
    kind: head.classification(features, { classes: 3 }),
    price: head.regression(features),
    tags: head.multiLabel(features, { classes: 4 }),
  },
});
const good = {
  features: {
    size: ["area", { column: "rooms", missing: "median", scaling: "robust" }],
    place: [
      { column: "city", kind: "category", missing: "unknown", maxCategories: 20 },
      { column: "zone", kind: "category", categories: ["a", "b"] },
    ],
    advert: { column: "text", kind: "text", tokenizer: "bpe", vocab: 90 },
  },
  targets: {
    kind: { column: "kind", categories: ["x", "y", "z"] },
    price: { column: "price", scaling: "standard" },
    tags: { column: "tags", kind: "set", separator: "|" },
  },
} as const;
const table = (features: object, targets: object = {}, options: object = {}) =>
  experiment(house, {
    epochs: 1,
    data: data.parquet("a.parquet", {
      features: { ...good.features, ...features },
      targets: { ...good.targets, ...targets },
      ...options,
    }),
  }).document.data;

test("columns are kept as they are written, each input's as a list", () => {
  expect(table({}, {}, { validation: { ratio: 0.2, group: "owner", stratify: "kind" } })).toEqual({
    type: "parquet",
    params: {
      path: "a.parquet",
      features: { ...good.features, advert: [good.features.advert] },
      targets: good.targets,
      validation: { ratio: 0.2, group: "owner", stratify: "kind" },
      scaling: "standard",
    },
  });
});

test("tables, folders and texts say whether there are rows to validate on", () => {
  const { features, targets } = good;
  expect(data.csv("a.csv", { features, targets, validation: { fold: 0, of: 5 } }).validation).toBe(true);
  expect(data.images("a", { validation: { ratio: 0.2, stratify: "kind" } }).validation).toBe(true);
  expect(data.text("a.txt").validation).toBe(false);
});

const category = (more: object) => ({ place: [{ column: "city", kind: "category", ...more }, "zone"] });
const refused: readonly (readonly [string, () => unknown, string])[] = [
  ["a misspelt option", () => table(category({ mising: "unknown" })), 'column "city" has no option "mising". Did you'],
  ["a mean of categories", () => table(category({ missing: "mean" })), 'must be "error" or "unknown" for a category'],
  ["scaled categories", () => table(category({ scaling: "standard" })), "scaling is not an option of a category"],
  [
    "categories for floats",
    () => table({ size: [{ column: "area", kind: "category" }, "rooms"] }),
    'a category becomes whole numbers, but input "size" is float',
  ],
  [
    "filled indices",
    () => table({ place: ["city", { column: "zone", missing: "zero" }] }),
    'kind: "category" or "text"',
  ],
  [
    "two texts",
    () => table({ advert: [good.features.advert, good.features.advert] }),
    'column "text" fills "advert" alone, but 2 columns are named',
  ],
  [
    "a text of another length",
    () => table({ advert: { column: "text", kind: "text", length: 7 } }),
    'column "text" has the length 7, but "advert" has 6 positions',
  ],
  [
    "more tokens than vectors",
    () => table({ advert: { ...good.features.advert, vocab: 91 } }),
    'its vocab is 91, so the embedding of "advert" needs as many rows, but it has 90',
  ],
  ["a set of classes", () => table({}, { kind: { column: "kind", kind: "set" } }), 'head "kind" needs no kind, but'],
  ["missing targets", () => table({}, { price: { column: "price", missing: "mean" } }), "not an option of a target"],
  ["stratified numbers", () => table({}, {}, { validation: { ratio: 0.1, stratify: "price" } }), 'there is "kind"'],
  ["a fold too many", () => table({}, {}, { validation: { fold: 5, of: 5 } }), "validation.fold must be less than of"],
  [
    "a share of 2",
    () => table({}, {}, { validation: { ratio: 2 } }),
    "validation.ratio must be less than 1, but it is 2",
  ],
  ["no share", () => table({}, {}, { validation: true }), "validation must be a share"],
];

const priced = (options: object, price: unknown) => () =>
  experiment(model({ inputs: { size }, heads: { price: head.regression(size, { outputs: 2, ...options }) } }), {
    epochs: 1,
    data: data.csv("a.csv", { features: { size: ["area", "rooms"] }, targets: { price: price as string[] } }),
  });
const scaledPrice = ["low", { column: "high", scaling: "robust" }];

test.each(["mape", "msle", "poisson", "kl", "js"])("the loss %s needs targets as the table has them", (loss) => {
  const error = thrown(priced({ loss }, scaledPrice));
  expect(error.message).toContain(
    `data.csv: the loss "${loss}" of head "price" needs targets as the table has them, but column "high" is scaled. Leave out its scaling, or take another loss`,
  );
  expect(error.site?.file).toMatch(/table\.test\.ts$/);
  expect(priced({ loss }, ["low", { column: "high", scaling: "none" }])).not.toThrow();
});

test("so does the metric mape, but no metric that errors are enough for", () => {
  expect(thrown(priced({ metrics: ["rmse", "mape"] }, scaledPrice)).message).toContain('the metric "mape" of head');
  expect(thrown(priced({ metrics: ["smape"] }, scaledPrice)).message).toContain('the metric "smape" of head');
  expect(priced({ metrics: ["mape"] }, ["low", "high"])).not.toThrow();
  expect(priced({ metrics: ["rmse", "mae", "r2", "pearson"] }, scaledPrice)).not.toThrow();
});

test.each(refused)("%s is refused", (_, create, words) => {
  const error = thrown(create);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/table\.test\.ts$/);
});

const ids = graph.input("ids", [8], { dtype: "int" });
const hidden = ids.embedding({ vocab: 20, features: 4 });
const language = model({ inputs: { ids }, heads: { next: head.nextToken(hidden, { of: ids, vocab: 20 }) } });
const written = (source: Parameters<typeof data.text>[0], options = {}) =>
  experiment(language, { epochs: 1, data: data.text(source, options) });

test("texts are files, or lie beside the document", () => {
  expect(written(["a.txt", "b.txt"], { validation: 0.1 }).document.data?.params).toMatchObject({
    texts: [{ path: "a.txt" }, { path: "b.txt" }],
    validation: 0.1,
    tokenizer: "character",
  });
  const { document, assets } = written({ texts: "größe" });
  const [{ sha256 }] = document.data!.params.texts as [{ sha256: string }];
  expect(new TextDecoder().decode(assets.get(sha256))).toBe("größe");
});

test.each<[string, () => unknown, string]>([
  ["text of another length", () => written("a.txt", { length: 9 }), 'length is 9, but input "ids" has 8 positions'],
  ["more tokens than there is room for", () => written("a.txt", { vocab: 21 }), "the model has room for 20 tokens"],
  ["no text", () => written([]), "it takes the path of a file, a list of paths, or { texts: strings }"],
  ["text for a house", () => experiment(house, { epochs: 1, data: data.text("a.txt") }), "needs one input and heads"],
  ["images for a text", () => experiment(language, { epochs: 1, data: data.images("a") }), "1 inputs and 0 heads"],
  ["images for a house", () => experiment(house, { epochs: 1, data: data.images("a") }), "3 inputs and 3 heads"],
])("%s is refused", (_, create, words) => {
  expect(thrown(create).message).toContain(words);
});

const rows = { x: [[1], [2], [3], [4]], kind: [0, 1, 0, 1] };
const x = graph.input("x", [1]);
const small = model({ inputs: { x }, heads: { kind: head.classification(x.dense(4), { classes: 2 }) } });
const arrays = (validation: object) =>
  experiment(small, {
    epochs: 1,
    batchSize: 1,
    data: data.arrays(rows, { validation: validation as { ratio: number } }),
  });

test("arrays are set aside by group, class and fold", () => {
  const { document, assets } = arrays({ ratio: 0.5, stratify: "kind", group: ["a", "b", "a", 7] });
  const { group } = document.data!.params.validation as any;
  expect([...assets.get(group.sha256)!].filter((_, i) => i % 4 === 0)).toEqual([0, 1, 0, 2]);
  expect(arrays({ fold: 1, of: 2 }).document.data?.params.validation).toEqual({ fold: 1, of: 2 });
  expect(thrown(() => arrays({ ratio: 0.5, group: ["a"] })).message).toContain('"group" has 1, "each column" has 4');
  expect(thrown(() => arrays({ ratio: 0.5, group: 3 })).message).toContain("group must be a list");
  expect(thrown(() => arrays({ ratio: 0.5, stratify: "x" })).message).toContain("which is no head with a class");
});
