import fc from "fast-check";
import { expect, test } from "vitest";
import { byteLength, frame, frameReader } from "./frames.ts";

const concat = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const outputs = (rows: number) => ({ digit: { dtype: "float32", shape: [rows, 2] } }) as const;

test("frames cut at any byte come out whole and in order", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(cuts, fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 4 }), (sizes, rows) => {
      const values = rows.map((count) => new Uint8Array(Float32Array.from({ length: count * 2 }, Math.random).buffer));
      const stream = concat(
        rows.flatMap((count, id) =>
          frame({ id, outputs: outputs(count) }, [
            { dtype: "float32", shape: [count, 2], bytes: values[id] as Uint8Array },
          ]),
        ),
      );
      const read = frameReader();
      const found = [];
      for (let at = 0, i = 0; at < stream.length; i++) {
        const size = sizes[i % sizes.length] as number;
        found.push(...read(stream.slice(at, at + size)));
        at += size;
      }
      expect(found.map(({ header }) => header.id)).toEqual(rows.map((_, id) => id));
      expect(found.map(({ arrays }) => arrays.digit?.bytes)).toEqual(values);
    }),
  );
});

test("sizes follow from dtype and shape", () => {
  expect(byteLength({ dtype: "uint8", shape: [2, 28, 28, 1] })).toBe(1568);
  expect(byteLength({ dtype: "float32", shape: [3] })).toBe(12);
});
