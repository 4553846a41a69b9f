import { expect, test } from "vitest";
import { InputShapeError, InputTypeError, UnknownInputError } from "../errors/predict.ts";
import { packInputs } from "./feeds.ts";
import type { InputSpecification } from "./subject.ts";

const size: InputSpecification = {
  name: "size",
  shape: [2],
  dtype: "float32",
  columns: ["area", "rooms"],
  takes: "numbers",
};
const place: InputSpecification = { name: "place", shape: [1], dtype: "int32", columns: ["city"], takes: "categories" };
const advert: InputSpecification = { name: "advert", shape: [4], dtype: "int32", below: 9, takes: "text" };
const photo: InputSpecification = { name: "photo", shape: [2, 2, 1], dtype: "uint8", takes: "image" };

test("numbers alone are sent as numbers, missing ones as cells", () => {
  expect(packInputs({ size: [1, 2] }, [size])).toMatchObject({ arrays: { size: { shape: [1, 2] } }, rows: 1 });
  expect(packInputs({ size: [[1, null]] }, [size])).toEqual({ arrays: {}, values: { size: [[1, null]] }, rows: 1 });
  expect(packInputs({ size: [Number.NaN, "2"] }, [size]).values).toEqual({ size: [[null, "2"]] });
});

test("categories by their names, one column without a list for each row", () => {
  for (const given of ["Bonn", ["Bonn"], [["Bonn"]]])
    expect(packInputs({ place: given }, [place])).toEqual({ arrays: {}, values: { place: [["Bonn"]] }, rows: 1 });
  expect(packInputs({ place: ["Bonn", null, 7] }, [place]).values).toEqual({ place: [["Bonn"], [null], [7]] });
});

test("a text is a string or token numbers", () => {
  const { values, rows } = packInputs({ advert: ["a fine house", "a ruin"] }, [advert]);
  expect([values, rows]).toEqual([{ advert: [["a fine house"], ["a ruin"]] }, 2]);
  expect(packInputs({ advert: [1, 2, 3, 0] }, [advert]).arrays.advert?.shape).toEqual([1, 4]);
  expect(() => packInputs({ advert: [1, 2, 3, 9] }, [advert])).toThrow(InputTypeError);
});

test("images are files or pixels", () => {
  const { arrays, files, rows } = packInputs({ photo: [{ file: Uint8Array.of(1, 2) }, { file: Uint8Array.of(3) }] }, [
    photo,
  ]);
  expect([arrays.photo?.bytes, files, rows]).toEqual([Uint8Array.of(1, 2, 3), { photo: [2, 1] }, 2]);
  expect(packInputs({ photo: Uint8Array.of(1, 2, 3, 4) }, [photo]).arrays.photo?.shape).toEqual([1, 2, 2, 1]);
});

test("rows of the table serve all inputs", () => {
  const rows = [{ area: 1, rooms: Number.NaN, city: "Bonn", rent: 7 }];
  expect(packInputs(rows, [size, place])).toEqual({
    arrays: {},
    table: [{ area: 1, rooms: null, city: "Bonn" }],
    rows: 1,
  });
  expect(() => packInputs([{ area: 1, room: 2, city: "x" }], [size, place])).toThrow(
    'row 0 has no "rooms". Did you mean "room"?',
  );
  expect(() => packInputs([{ city: "x" }], [photo])).toThrow(UnknownInputError);
});

test.each<[unknown, new (...rest: never[]) => Error, string]>([
  [{ size: [[1, 2, "x"]] }, InputShapeError, '[2] for one row: "area", "rooms", but is [3]'],
  [{ size: [[1, {}]] }, InputTypeError, "takes numbers, but got Object"],
  [{ size: [["1", new Date(0)]] }, InputTypeError, 'a value for "area", "rooms", or a list of such rows'],
])("%o is refused", (given, kind, words) => {
  const pack = () => packInputs(given as never, [size]);
  expect(pack).toThrow(kind);
  expect(pack).toThrow(words);
});
