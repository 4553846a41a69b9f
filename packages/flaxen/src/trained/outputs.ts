import { createValues, heads, type ModelDocument, type Values } from "@flaxen/core";
import { PredictError } from "../errors/predict.ts";
import type { WireArray } from "../predict/frames.ts";

/** What the model's heads say about a batch of rows, from the bytes that Python sent. */
export const readOutputs = (
  arrays: Readonly<Record<string, WireArray>>,
  documents: ModelDocument["heads"],
  names: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    documents.map(({ name, type }) => {
      const array = arrays[name];
      if (array?.dtype !== "float32")
        throw new PredictError(`The predicting process gave no numbers for head "${name}".`, "protocol", "");
      const values = createValues(floats(array.bytes), [...array.shape]) as unknown as Values;
      const read = (heads as Readonly<Record<string, { read(values: Values): object }>>)[type]?.read(values);
      return [name, Object.hasOwn(names, name) ? { ...read, names: names[name] } : read];
    }),
  );

/** A copy where the bytes do not begin at a multiple of four. */
const floats = (bytes: Uint8Array): Float32Array => {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
};
