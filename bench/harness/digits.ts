import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** scikit-learn's digits: image float32 [1797, 64] in 0..1, digit int32 [1797]. */
export interface Digits {
  readonly image: Float32Array;
  readonly digit: Int32Array;
}

/** Reads what `peers/write_digits.py` has written. */
export const readDigits = async (folder: string): Promise<Digits> => {
  const [image, digit] = await Promise.all(["image.f32", "digit.i32"].map((name) => readFile(join(folder, name))));
  return { image: new Float32Array(aligned(image)), digit: new Int32Array(aligned(digit)) };
};

/** Small files share one buffer in Node: a copy begins at zero. */
const aligned = (bytes: Buffer | undefined): ArrayBuffer => Uint8Array.from(bytes ?? []).buffer;
