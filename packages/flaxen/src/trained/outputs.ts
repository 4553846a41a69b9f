import { createValues, heads, type ModelDocument, type Values } from "@flaxen/core";
import { PredictError } from "../errors/predict.ts";
import type { WireArray } from "../predict/frames.ts";

/** What the model's heads say about a batch of rows, from the bytes that Python sent. `names`: of heads and of inputs. */
export const readOutputs = (
  arrays: Readonly<Record<string, WireArray>>,
  documents: ModelDocument["heads"],
  names: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    documents.map(({ name, type, params }) => {
      const array = arrays[name];
      if (array?.dtype !== "float32")
        throw new PredictError(`The predicting process gave no numbers for head "${name}".`, "protocol", "");
      const values = createValues(floats(array.bytes), [...array.shape]) as unknown as Values;
      const read = (heads as Readonly<Record<string, { read(values: Values, params: object): object }>>)[type]?.read(
        values,
        params,
      );
      // A head that predicts tokens calls them as the text that it learns from does.
      const known = [name, params.of as string].find((one) => Object.hasOwn(names, one));
      return [name, known === undefined ? read : { ...read, names: names[known] }];
    }),
  );

/** A copy where the bytes do not begin at a multiple of four. */
const floats = (bytes: Uint8Array): Float32Array => {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
};
