import { expect, test } from "vitest";
import { InputRowsError, InputShapeError, InputTypeError, UnknownInputError } from "../errors/predict.ts";
import { packInputs } from "./feeds.ts";
import type { InputSpecification } from "./subject.ts";

const image: InputSpecification = { name: "image", shape: [2, 2, 1], dtype: "uint8" };
const ids: InputSpecification = { name: "ids", shape: [3], dtype: "int32", below: 10 };
const area: InputSpecification = { name: "area", shape: [2], dtype: "float32" };
const pack = (value: unknown, specification = image) =>
  packInputs({ [specification.name]: value }, [specification]).arrays[specification.name];

test("one row and a batch, nested, flat or with a shape, are laid out alike", () => {
  const row = [
    [[1], [2]],
    [[3], [4]],
  ];
  const one = { dtype: "uint8", shape: [1, 2, 2, 1], bytes: Uint8Array.of(1, 2, 3, 4) };
  expect(pack(row)).toEqual(one);
  expect(pack([row])).toEqual(one);
  expect(pack(Uint8Array.of(1, 2, 3, 4))).toEqual(one);
  expect(pack({ data: [1, 2, 3, 4], shape: [2, 2, 1] })).toEqual(one);
  expect(pack([row, row])?.shape).toEqual([2, 2, 2, 1]);
  expect(pack(new Float32Array(12))?.shape).toEqual([3, 2, 2, 1]);
  expect(pack([1.5, -2], area)?.bytes).toEqual(new Uint8Array(Float32Array.of(1.5, -2).buffer));
  expect(pack([1, 9, 0], ids)?.bytes).toEqual(new Uint8Array(Int32Array.of(1, 9, 0).buffer));
});

test("another shape is refused with the input's name, what it takes and what came", () => {
  expect(() => pack(new Uint8Array(5))).toThrow(
    'predict: input "image" should be [2, 2, 1] for one row or [rows, 2, 2, 1] for several, that is, a multiple of 4 numbers, but is 5 numbers.',
  );
  expect(() => pack([1, 2, 3], area)).toThrow(InputShapeError);
  expect(() => pack([[1, 2], [3]], area)).toThrow(/ragged: it holds both \[2\] and \[1\]/);
  expect(() => pack([], area)).toThrow(InputShapeError);
  expect(() => pack({ data: [1, 2, 3], shape: [2, 2, 1] })).toThrow(/\[2, 2, 1\] with 3 numbers/);
});

test("another kind of value is refused", () => {
  expect(() =>
    pack([
      [[0.5], [2]],
      [[3], [4]],
    ]),
  ).toThrow(
    'predict: input "image" takes whole numbers from 0 to 255, as the training data had them, but got 0.5 at position 0.',
  );
  expect(() => pack([1, 2, 10], ids)).toThrow(/whole numbers from 0 to 9, but got 10 at position 2/);
  expect(() => pack([1, Number.NaN], area)).toThrow(/finite numbers, but got NaN at position 1/);
  expect(() => pack(["1", "2"], area)).toThrow(InputTypeError);
  expect(() => pack("12", area)).toThrow(/but got "12"/);
  expect(() => pack(null, area)).toThrow(/but got null/);
});

test.each([null, undefined, 3, [[1, 2]], new Uint8Array(4)])("inputs without their names are refused: %s", (value) => {
  expect(() => packInputs(value as never, [image, ids])).toThrow(
    "predict takes an object with the rows of each input, { image: …, ids: … }.",
  );
});

test("unknown, missing and unequal inputs are named", () => {
  const both = [area, ids];
  expect(() => packInputs({ areas: [1, 2], ids: [1, 2, 3] }, both)).toThrow('no input "areas". Did you mean "area"?');
  expect(() => packInputs({ area: [1, 2] }, both)).toThrow(UnknownInputError);
  expect(() =>
    packInputs(
      {
        area: [
          [1, 2],
          [3, 4],
        ],
        ids: [1, 2, 3],
      },
      both,
    ),
  ).toThrow(InputRowsError);
  expect(packInputs({ area: [1, 2], ids: [1, 2, 3] }, both).rows).toBe(1);
});
