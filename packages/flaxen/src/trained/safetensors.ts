import { type FileHandle, open } from "node:fs/promises";
import * as z from "zod";
import { wrongFormat } from "../errors/data.ts";

/** One tensor of a safetensors file, by what its header says. */
export interface TensorInfo {
  /** "conv1/kernel", "encoder1/dense1/bias" */
  readonly name: string;
  /** As safetensors spells it: "F32", "U32". */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: number;
}

const entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().min(0)),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const header = z.record(z.string(), z.unknown());
const headerLimit = 100_000_000;

/**
 * Names, types and shapes of the tensors in a safetensors file, in the file's order; the values are not read.
 *
 * Throws a `DataError` ("wrong-format") for any other file.
 */
export const readTensors = async (path: string): Promise<readonly TensorInfo[]> => {
  await using file = await open(path, "r");
  const text = await readHeader(file, path);
  try {
    const entries = Object.entries(header.parse(JSON.parse(text))).filter(([name]) => name !== "__metadata__");
    return entries
      .map(([name, value]) => ({ name, ...entry.parse(value) }))
      .sort((a, b) => a.data_offsets[0] - b.data_offsets[0])
      .map(({ name, dtype, shape, data_offsets: [from, to] }) => ({ name, dtype, shape, bytes: to - from }));
  } catch {
    throw wrongFormat("weights", path, "is not a safetensors file: its header cannot be read.");
  }
};

const readHeader = async (file: FileHandle, path: string): Promise<string> => {
  const { bytesRead, buffer } = await file.read(new Uint8Array(8), 0, 8, 0);
  const length = Number(new DataView(buffer.buffer).getBigUint64(0, true));
  if (bytesRead < 8 || length > headerLimit)
    throw wrongFormat("weights", path, "is not a safetensors file: it has no header.");
  const read = await file.read(new Uint8Array(length), 0, length, 8);
  return new TextDecoder().decode(read.buffer.subarray(0, read.bytesRead));
};
