import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { contentHash, data, expectationsOf, experiment, graph, head, model } from "../index.ts";

const size = graph.input("size", [2]);
const place = graph.input("place", [1], { dtype: "int" });
const features = size.concat(place.embedding({ vocab: 5, features: 3 }).flatten());
const flat = model({ inputs: { size, place }, heads: { rent: head.regression(features) } });
const expectations = expectationsOf(flat.document);
const columns = {
  features: { size: ["area", { column: "rooms", missing: "median" }], place: { column: "city", kind: "category" } },
  targets: { rent: "rent" },
} as const;
interface Flat {
  area: number;
  rooms?: number | undefined;
  city: string;
  rent: number;
  owner: string;
  note?: Date;
}
const flats: readonly Flat[] = [
  { area: 70, rooms: 3, city: "007", rent: 900, owner: "a", note: new Date(0) },
  { area: 40, rooms: Number.NaN, city: 'a "b",', rent: 700, owner: "b" },
  { area: 50, city: "NA", rent: 800, owner: "a" },
];
const read = (rows: readonly object[], options: object = {}) => {
  const { document, assets } = data.rows(rows, { ...columns, ...options }).bind(expectations);
  const params = document.params as { readonly table: { readonly sha256: string }; readonly validation?: any };
  const stored = ({ sha256 }: { readonly sha256: string }) =>
    JSON.parse(new TextDecoder().decode(assets.get(sha256))) as unknown;
  return { params, assets, stored };
};

test("the columns that are named lie beside the document as they are, under their hash", () => {
  const { params, assets, stored } = read(flats);
  expect(params.table).toEqual({ sha256: expect.any(String), rows: 3 });
  expect(stored(params.table)).toEqual({
    area: [70, 40, 50],
    rooms: [3, null, null],
    city: ["007", 'a "b",', "NA"],
    rent: [900, 700, 800],
  });
  for (const [name, bytes] of assets) expect(contentHash(bytes)).toBe(name);
});

test("rows that validate are others, a share, or told by a column", () => {
  expect(data.rows(flats, columns).validation).toBe(false);
  expect(data.rows(flats, { ...columns, validation: flats }).validation).toBe(true);
  const others = read(flats, { validation: flats.slice(1) });
  expect(others.stored(others.params.validation)).toMatchObject({ area: [40, 50] });
  const grouped = read(flats, { validation: { ratio: 0.5, group: "owner" } });
  expect(grouped.stored(grouped.params.table)).toMatchObject({ owner: ["a", "b", "a"] });
  expect(grouped.params.validation).toEqual({ ratio: 0.5, group: "owner" });
});

test("as many rows as are trained on are known, so that a batch is not too large", () => {
  const trial = (batchSize: number) => () =>
    experiment(flat, { data: data.rows(flats, { ...columns, validation: 0.34 }), batchSize, epochs: 1 });
  expect(trial(2)).not.toThrow();
  expect(trial(3)).toThrow("there are 2 rows to train on");
});

test.each<[() => unknown, string, string]>([
  [() => read([]), "empty-data", "data.rows has no rows"],
  [() => read(flats, { validation: [] }), "empty-data", "data.rows: validation has no rows"],
  [() => read([[1, 2]]), "bad-parameter", "it takes a list of rows such as"],
  [() => read([{ area: 1, room: 2 }]), "bad-parameter", 'no row has a "rooms"; the first has area, room'],
  [() => read([{ ...flats[0], city: new Date(0) }]), "bad-parameter", 'column "city", row 0: it holds a Date'],
  [() => read([{ ...flats[0], area: Infinity }]), "bad-parameter", "it holds Infinity, which is no number"],
  [() => read(flats, { separator: ";" }), "unknown-option", 'no option "separator"'],
  [() => read(flats, { features: { size: [3] } }), "bad-parameter", "a column: its parameters must be an object"],
  [() => read(flats, { validation: "a.csv" }), "bad-parameter", "validation must be a share between 0 and 1, rows"],
  [
    () => experiment(flat, { epochs: 1, data: data.rows(flats, { ...columns, targets: {} }) }),
    "missing-column",
    'data.rows has no column "rent"',
  ],
])("what is no table is refused: %#", (make, code, words) => {
  const error = thrown(make);
  expect([error.code, error.message]).toEqual([code, expect.stringContaining(words)]);
  expect(error.site?.file).toMatch(/rows\.test\.ts$/);
});
