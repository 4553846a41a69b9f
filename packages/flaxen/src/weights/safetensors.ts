import { open } from "node:fs/promises";
import { wrongFormat } from "../errors/data.ts";
import { readTensors, type TensorInfo } from "../trained/safetensors.ts";
import type { NumberArray } from "./array.ts";

const half = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** Bytes of a number, and how it is read; other types hold no weights. */
const kinds: Readonly<Record<string, readonly [bytes: number, read: (view: DataView, at: number) => number]>> = {
  F64: [8, (view, at) => view.getFloat64(at, true)],
  F32: [4, (view, at) => view.getFloat32(at, true)],
  F16: [2, (view, at) => half(view.getUint16(at, true))],
  BF16: [2, (view, at) => shifted(view.getUint16(at, true))],
};

const word = new DataView(new ArrayBuffer(4));
const shifted = (bits: number): number => {
  word.setUint32(0, bits * 65_536);
  return word.getFloat32(0);
};

/** Whether a file's tensor holds numbers that weights may be. */
export const holdsFloats = ({ dtype }: TensorInfo): boolean => Object.hasOwn(kinds, dtype);

/** Reads the named tensors of a file as float32. Throws `DataError` for a file that is torn. */
export const readArrays = async (
  path: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, NumberArray>> => {
  const tensors = await readTensors(path);
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const content = tensors.reduce((total, { bytes }) => total + bytes, 0);
  const arrays = new Map<string, NumberArray>();
  let at = size - content;
  for (const tensor of tensors) {
    const { name, bytes, shape, dtype } = tensor;
    if (wanted.has(name) && holdsFloats(tensor)) {
      const [width, read] = kinds[dtype]!;
      const buffer = new Uint8Array(bytes);
      const { bytesRead } = await file.read(buffer, 0, bytes, at);
      if (bytesRead < bytes || bytes !== width * shape.reduce((all, dim) => all * dim, 1))
        throw wrongFormat("weights", path, `is torn: "${name}" is not whole.`);
      const view = new DataView(buffer.buffer);
      arrays.set(name, { shape, data: Float32Array.from({ length: bytes / width }, (_, i) => read(view, i * width)) });
    }
    at += bytes;
  }
  return arrays;
};

/** A safetensors file of float32 arrays, its names sorted: the same arrays are the same bytes. */
export const safetensors = (arrays: ReadonlyMap<string, NumberArray>): Uint8Array => {
  const sorted = [...arrays].sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, unknown> = {};
  let length = 0;
  for (const [name, { shape, data }] of sorted) {
    header[name] = { dtype: "F32", shape, data_offsets: [length, length + 4 * data.length] };
    length += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(start + length).fill(0x20, 8, start);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(start - 8), true);
  bytes.set(text, 8);
  let at = start;
  for (const [, { data }] of sorted)
    for (const value of data) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  return bytes;
};
