import { expect, test } from "vitest";
import { thrown } from "../../test/thrown.ts";
import { contentHash, type Data, data, type Expectations } from "../index.ts";

const expectations: Expectations = {
  image: { role: "input", shape: [2, 2, 1], dtype: "float" },
  ids: { role: "input", shape: [3], dtype: "int", below: 5 },
  digit: { role: "label", classes: 10 },
  corner: { role: "target", outputs: 2 },
};
const good = {
  image: new Uint8Array(8),
  ids: [
    [0, 1, 2],
    [4, 3, 2],
  ],
  digit: [9, 0],
  corner: [
    [0.5, 1],
    [2, 3],
  ],
};
const columnsOf = (table: Data) => table.bind(expectations).document.params.columns;

test("each column gets the dtype and shape that the model reads", () => {
  expect(columnsOf(data.arrays(good))).toMatchObject({
    image: { dtype: "uint8", shape: [2, 2, 2, 1] },
    ids: { dtype: "int32", shape: [2, 3] },
    digit: { dtype: "int32", shape: [2] },
    corner: { dtype: "float32", shape: [2, 2] },
  });
});

test("bytes lie beside the document, little-endian, under their hash", () => {
  const { document, assets } = data.arrays(good).bind(expectations);
  const { sha256 } = (document.params.columns as any).digit;
  expect([...assets.get(sha256)!]).toEqual([9, 0, 0, 0, 0, 0, 0, 0]);
  for (const [name, bytes] of assets) expect(contentHash(bytes)).toBe(name);
});

test("the same numbers in another form are the same data", () => {
  const others = {
    image: { data: new Uint8ClampedArray(8), shape: [2, 2, 2] },
    ids: Uint16Array.from(good.ids.flat()),
    digit: BigIntFree([9, 0]),
    corner: { data: Float64Array.from(good.corner.flat()), shape: [2, 2] },
  };
  expect(columnsOf(data.arrays(others))).toEqual(columnsOf(data.arrays(good)));
});
const BigIntFree = (values: readonly number[]) => Int8Array.from(values);

test("a typed array that is no whole number of rows is told by its length", () => {
  const error = thrown(() => columnsOf(data.arrays({ ...good, image: new Uint8Array(9) })));
  expect(error).toMatchObject({ code: "shape-mismatch", site: { file: import.meta.filename } });
  expect(error.message).toContain(
    'column "image" has 9 numbers, but rows of input "image" are [2, 2, 1], so it must be a multiple of 4',
  );
});

test("floats stay floats, whatever typed array they came in", () => {
  const image = (values: Float32Array | Float64Array | Int32Array) =>
    columnsOf(data.arrays({ ...good, image: values }));
  const floats = image(new Float32Array(8));
  expect(floats).toMatchObject({ image: { dtype: "float32" } });
  expect(image(new Float64Array(8))).toEqual(floats);
  expect(image(new Int32Array(8))).toEqual(floats);
});

test("what happens to the caller's array later changes nothing", () => {
  const digit = Int32Array.of(1, 2);
  const table = data.arrays({ ...good, digit });
  const before = columnsOf(table);
  digit.fill(77);
  expect(columnsOf(table)).toEqual(before);
});

test("validation has columns of its own, or a share", () => {
  const apart = data.arrays(good, { validation: { ...good, digit: [1, 1] } });
  expect(apart.validation).toBe(true);
  expect(apart.bind(expectations).document.params.validation).toMatchObject({ digit: { shape: [2] } });
  expect(data.arrays(good).validation).toBe(false);
});

const refused: readonly (readonly [string, object, string, string])[] = [
  [
    "NaN",
    {
      corner: [
        [1, Number.NaN],
        [1, 1],
      ],
    },
    "not-a-number",
    'column "corner" holds NaN in row 0',
  ],
  [
    "an infinity",
    { image: Float32Array.from({ length: 8 }, (_, i) => (i === 7 ? Infinity : 0)) },
    "not-a-number",
    'column "image" holds Infinity',
  ],
  [
    "too much for float32",
    {
      corner: [
        [1, 1],
        [1e39, 1],
      ],
    },
    "not-a-number",
    'column "corner", row 1: 1e+39 is too large for float32',
  ],
  ["text", { digit: ["1", "2"] }, "wrong-dtype", 'column "digit" must hold numbers, but it holds "1"'],
  ["nothing", { digit: undefined }, "wrong-dtype", 'column "digit" must be numbers'],
  ["BigInts", { digit: BigInt64Array.of(1n, 2n) }, "wrong-dtype", "BigInt64Array"],
  ["floats for a label", { digit: Float32Array.of(1, 2) }, "wrong-dtype", "Use an Int32Array"],
  ["half a label", { digit: [1, 0.5] }, "wrong-dtype", 'column "digit", row 1: 0.5 is no whole number'],
  ["ragged rows", { corner: [[1, 2], [1]] }, "shape-mismatch", 'column "corner" is ragged: it holds both [2] and [1]'],
  [
    "another shape",
    { corner: [1, 2] },
    "shape-mismatch",
    'rows of column "corner" have the shape [], but the model\'s target of 2 numbers "corner" needs [2]',
  ],
  ["numbers that fill no row", { image: new Uint8Array(7) }, "shape-mismatch", "[2, 2, 1]"],
  [
    "a shape of another size",
    { image: { data: new Uint8Array(7), shape: [2, 2, 2, 1] } },
    "shape-mismatch",
    "has 7 numbers, but its shape [2, 2, 2, 1] holds 8",
  ],
  [
    "a label that is no class",
    { digit: [3, 10] },
    "label-out-of-range",
    'column "digit", row 1: 10 is none of the 10 classes, which are 0 to 9',
  ],
  ["a negative label", { digit: [-1, 1] }, "label-out-of-range", "row 0: -1"],
  [
    "an index beyond the vocabulary",
    {
      ids: [
        [0, 1, 2],
        [0, 5, 0],
      ],
    },
    "index-out-of-range",
    'column "ids", row 1: 5 is not within 0 to 4',
  ],
];

test.each(refused)("%s is refused", (_, columns, code, words) => {
  const error = thrown(() => data.arrays({ ...good, ...columns } as any).bind(expectations));
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.site?.file).toMatch(/arrays\.test\.ts$/);
});

test.each([0, 1, 1.5, Number.NaN, "half"])("validation: %s is refused", (validation) => {
  expect(thrown(() => data.arrays(good, { validation: validation as number })).code).toBe("bad-parameter");
});
