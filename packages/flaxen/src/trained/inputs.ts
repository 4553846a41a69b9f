import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { InputSpecification } from "../predict/feeds.ts";

const expected = z.looseObject({
  role: z.string(),
  shape: z.array(z.union([z.int(), z.string()])).optional(),
  dtype: z.enum(["float", "int"]).optional(),
  below: z.int().optional(),
  stored: z.literal("uint8").optional(),
});
const config = z.looseObject({ data: z.looseObject({ expects: z.record(z.string(), expected) }) });

/** What the model takes, from the configuration that it was trained with. */
export const readInputs = async (folder: string): Promise<readonly InputSpecification[]> => {
  const { data } = config.parse(JSON.parse(await readFile(join(folder, "config.json"), "utf8")));
  return Object.entries(data.expects)
    .filter(([, { role }]) => role === "input")
    .map(([name, { shape = [], dtype, below, stored }]) => ({
      name,
      shape: shape.map((size) => (typeof size === "number" ? size : -1)),
      dtype: stored ?? (dtype === "int" ? "int32" : "float32"),
      below,
    }));
};
