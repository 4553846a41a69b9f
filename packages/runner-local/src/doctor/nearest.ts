import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** The path itself, or the nearest folder above it that is there. */
export const nearest = async (path: string): Promise<string> => {
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  return there || dirname(path) === path ? path : nearest(dirname(path));
};
