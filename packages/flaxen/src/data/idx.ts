import { open } from "node:fs/promises";
import { wrongFormat } from "../errors/data.ts";

export interface IdxHeader {
  /** Rows first. */
  readonly shape: readonly number[];
  readonly dtype: "uint8" | "int" | "float";
}

const kinds: Readonly<Record<number, { readonly bytes: number; readonly dtype: IdxHeader["dtype"] }>> = {
  8: { bytes: 1, dtype: "uint8" },
  9: { bytes: 1, dtype: "int" },
  11: { bytes: 2, dtype: "int" },
  12: { bytes: 4, dtype: "int" },
  13: { bytes: 4, dtype: "float" },
  14: { bytes: 8, dtype: "float" },
};

/** What an IDX file's header declares, checked against the file's size. `use` opens every error's message. */
export const readIdxHeader = async (path: string, use: string): Promise<IdxHeader> => {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const head = new Uint8Array(4);
  await file.read(head, 0, 4, 0);
  const [first, second, code, rank] = head as unknown as [number, number, number, number];
  const kind = kinds[code];
  if (size < 4 || first !== 0 || second !== 0 || rank === 0 || !kind)
    throw wrongFormat(use, path, "is no IDX file (unpacked, not .gz): it does not begin with 0, 0, type, rank.");
  const dims = new DataView(new ArrayBuffer(4 * rank));
  await file.read(dims, 0, 4 * rank, 4);
  const shape = Array.from({ length: rank }, (_, axis) => dims.getUint32(4 * axis));
  const declared = 4 + 4 * rank + shape.reduce((product, dim) => product * dim, kind.bytes);
  if (size !== declared)
    throw wrongFormat(use, path, `is torn: its header declares ${declared} bytes, but it has ${size}.`);
  return { shape, dtype: kind.dtype };
};
