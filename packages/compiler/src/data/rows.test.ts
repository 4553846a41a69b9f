import { data, experiment, graph, head, model } from "@flaxen/core";
import { expect, test } from "vitest";
import { compile } from "../compile.ts";
import { projectFiles } from "../project-files.ts";

const size = graph.input("size", [1]);
const flat = model({ inputs: { size }, heads: { rent: head.regression(size) } });
const rows = [
  { area: 70, rent: 900, owner: "a" },
  { area: 40, rent: 700, owner: "b" },
];
const columns = { features: { size: "area" }, targets: { rent: "rent" } } as const;
const jobOf = (options: object) =>
  compile(experiment(flat, { data: data.rows(rows, { ...columns, ...options }), epochs: 1, batchSize: 1 }).document);

test("rows become a file of JSON, others that validate another one", () => {
  const { config, assets, ...job } = jobOf({ validation: rows.slice(1) });
  const [train, held] = assets.map(({ name }) => name);
  expect(assets).toHaveLength(2);
  expect(assets).toEqual(
    [train, held].map((name) => ({ name, kind: "bytes", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })),
  );
  expect(config.data).toMatchObject({ kind: "records", path: train, validation: held, scaling: "standard" });
  expect(projectFiles({ config, assets, ...job }, { requirements: "jax" })["README.md"]).toContain(
    "| `assets/` | the data: the rows of a table as JSON, column by column, in files that `config.json` names by their hash |",
  );
});

test("rows that a column sets aside are told in the configuration", () => {
  const { config, assets } = jobOf({ validation: { ratio: 0.5, group: "owner" } });
  expect(assets).toHaveLength(1);
  expect(config.data).toMatchObject({ validation: { ratio: 0.5, group: "owner" } });
});
