import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adam, data, experiment, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { UnknownInputError } from "../errors/predict.ts";
import { temporaryHome } from "../testing/home.ts";
import { testRunner } from "../testing/runner.ts";
import { load } from "../trained/load.ts";
import { train } from "../training/train.ts";

const runner = testRunner(temporaryHome());
const folder = mkdtempSync(join(tmpdir(), "flaxen-raw-rows-"));

const cities = ["Aachen", "Bonn", "Celle"];
const words = ["fine", "old", "ruin"];
/** Rent depends on the area, the city and the advert; some areas and cities are missing. */
const table = Array.from({ length: 600 }, (_, i) => {
  const [area, city, word] = [20 + ((i * 37) % 90), i % 3, Math.floor(i / 3) % 3];
  return {
    area: i % 50 === 7 ? "" : String(area),
    city: i % 50 === 11 ? "" : cities[city],
    advert: `A ${words[word]} flat, ${i % 5} rooms`,
    kind: word === 2 ? "bad" : "good",
    rent: String(1000 + 10 * area + 300 * city - 200 * word),
    tenant: `t${Math.floor(i / 4)}`,
  };
});
const path = join(folder, "flats.csv");
const columns = Object.keys(table[0] as object);
const quoted = (cell: string | undefined) => `"${cell}"`.replace('""', "");
writeFileSync(
  path,
  [columns.join(","), ...table.map((row) => Object.values(row).map(quoted).join(",")), ""].join("\n"),
);

const size = graph.input("size", [1]);
const place = graph.input("place", [1], { dtype: "int" });
const advert = graph.input("advert", [8], { dtype: "int" });
const features = size
  .concat([
    place.embedding({ vocab: 4, features: 4 }).flatten(),
    advert.embedding({ vocab: 20, features: 8 }).flatten(),
  ])
  .dense(64)
  .relu();
const flats = model({
  inputs: { size, place, advert },
  heads: {
    kind: head.classification(features, { classes: 2, metrics: ["accuracy"] }),
    rent: head.regression(features, { metrics: ["rmse"] }),
  },
});
const described = experiment(flats, {
  data: data.csv(path, {
    features: {
      size: { column: "area", missing: "median" },
      place: { column: "city", kind: "category", missing: "unknown" },
      advert: { column: "advert", kind: "text", lowercase: true },
    },
    targets: { kind: "kind", rent: { column: "rent", scaling: "standard" } },
    validation: { ratio: 0.2, group: "tenant" },
  }),
  optimizer: adam({ learningRate: 0.01 }),
  epochs: 20,
  batchSize: 32,
});

test("a table of numbers, categories and text: raw rows go in, names and unscaled numbers come out", async () => {
  const run = await train(described, { runner });
  await using trained = await run.result();
  expect(trained.metrics["val/kind/accuracy"]).toBeGreaterThan(0.97);
  expect(trained.metrics["val/rent/loss"]).toBeLessThan(0.1);

  const rows = [
    { area: 60, city: "Aachen", advert: "A fine flat, 2 rooms", rent: 9 },
    { area: "60", city: "Celle", advert: "a RUIN flat, 1 rooms" },
    { area: null, city: "Nowhere", advert: "unheard of" },
  ];
  const whole = await trained.predict(rows);
  expect([...whole.kind.labels].map((label) => whole.kind.names?.[label]).slice(0, 2)).toEqual(["good", "bad"]);
  expect(Math.abs((whole.rent.data[0] as number) - 1600)).toBeLessThan(120);
  expect(Math.abs((whole.rent.data[1] as number) - 1800)).toBeLessThan(120);
  const feeds = {
    size: [60, 60, null],
    place: [["Aachen"], ["Celle"], ["Nowhere"]],
    advert: rows.map((row) => row.advert),
  };
  expect((await trained.predict(feeds)).rent.data).toEqual(whole.rent.data);
  const one = await trained.predict({ size: 60, place: "Aachen", advert: rows[0]!.advert });
  expect(one.rent.data[0]).toBeCloseTo(whole.rent.data[0] as number, 1);

  await expect(trained.predict([{ area: 1, city: "Bonn", adverts: "x" }])).rejects.toThrow(
    'predict: row 0 has no "advert". Did you mean "adverts"?',
  );
  await expect(trained.predict([{}])).rejects.toThrow(UnknownInputError);
  await expect(trained.predict([{ area: "big", city: "Bonn", advert: "x" }])).rejects.toThrow(
    'column "area", row 0: "big", but a number is expected',
  );

  const own = await trained.evaluate("validation");
  expect(own["rent/loss"]).toBeCloseTo(trained.metrics["val/rent/loss"], 4);
  expect(own["rent/rmse"]).toBeCloseTo(trained.metrics["val/rent/rmse"], 2);

  const saved = join(folder, "saved");
  await trained.save(saved);
  const fitted = JSON.parse(readFileSync(join(saved, "artifacts", "preprocessing.json"), "utf8"));
  expect(fitted.columns.place.columns[0].words).toEqual(cities);
  await using again = await load(saved, { as: described, runner });
  expect((await again.predict(rows)).rent.data).toEqual(whole.rent.data);

  const other = table.slice(100, 300).map((row) => ({ ...row, area: row.area || null, city: row.city || null }));
  const found = await again.evaluate(other);
  const { rent, kind } = await again.predict(other);
  const misses = other.map((row, at) => (rent.data[at] as number) - Number(row.rent));
  expect(found["rent/rmse"]).toBeCloseTo(Math.sqrt(misses.reduce((sum, one) => sum + one * one, 0) / 200), 2);
  const right = other.filter((row, at) => row.kind === kind.names?.[kind.labels[at] as number]);
  expect(found["kind/accuracy"]).toBeCloseTo(right.length / 200, 6);
  const labelled = {
    size: other.map((row) => row.area),
    place: other.map((row) => row.city),
    advert: other.map((row) => row.advert),
    kind: other.map((row) => row.kind),
    rent: other.map((row) => Number(row.rent)),
  } as never;
  for (const [name, value] of Object.entries(await again.evaluate(labelled)))
    expect(value, name).toBeCloseTo(found[name as keyof typeof found], 4);
  const more = join(folder, "more.csv");
  const written = (names: readonly string[]) =>
    writeFileSync(
      more,
      [
        names.join(","),
        ...table.slice(100, 300).map((row) => names.map((name) => quoted((row as any)[name])).join(",")),
      ].join("\n"),
    );
  written(columns);
  for (const [name, value] of Object.entries(await again.evaluate({ path: more })))
    expect(value, name).toBeCloseTo(found[name as keyof typeof found], 4);
  written(columns.filter((name) => name !== "rent"));
  const failed = (words: string) => ({ code: "predict-failed", message: expect.stringContaining(words) });
  await expect(again.evaluate({ path: more })).rejects.toMatchObject(failed('more.csv has no column "rent"'));
  const [first] = other;
  await expect(again.evaluate([{ ...first, kind: "so-so" } as never])).rejects.toMatchObject(
    failed('column "kind" (kind), row 0 holds "so-so", which no train row has; known: bad, good'),
  );
  await expect(again.evaluate([{ ...first, rent: "much" } as never])).rejects.toMatchObject(
    failed('column "rent", row 0: "much", but a number is expected'),
  );
  await expect(again.evaluate([{ ...first, rent: null } as never])).rejects.toMatchObject(
    failed('column "rent", row 0'),
  );
  await expect(again.evaluate([{ area: 1, city: "Bonn", advert: "x" }])).rejects.toThrow(
    'evaluate: row 0 has no "kind".',
  );
  await expect(again.evaluate("train")).rejects.toMatchObject(failed("it stays in the run's own folder"));
}, 120_000);

test("an embedding that is too small is told its size before anything is compiled", async () => {
  const few = place.embedding({ vocab: 3, features: 4 }).flatten();
  const small = model({ inputs: { place }, heads: { kind: head.classification(few, { classes: 2 }) } });
  const options = {
    features: { place: { column: "city", kind: "category", missing: "unknown" } },
    targets: { kind: "kind" },
  } as const;
  const run = await train(small, { data: data.csv(path, options), epochs: 1, runner });
  await expect(run.result()).rejects.toThrow(/"place" needs an embedding with vocab 4: .*"city" 3.*its vocab is 3/);
});
