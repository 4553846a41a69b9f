import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { InputSpecification } from "../predict/subject.ts";

const expected = z.looseObject({
  role: z.string(),
  shape: z.array(z.union([z.int(), z.string()])).optional(),
  dtype: z.enum(["float", "int"]).optional(),
  below: z.int().optional(),
  stored: z.literal("uint8").optional(),
  classes: z.int().optional(),
  outputs: z.int().optional(),
});
type Expected = z.output<typeof expected>;
const column = z.union([
  z.string().transform((name) => ({ column: name, kind: undefined })),
  z.looseObject({ column: z.string(), kind: z.string().optional() }),
]);
const config = z.looseObject({
  data: z.looseObject({
    kind: z.string(),
    expects: z.record(z.string(), expected),
    features: z.record(z.string(), z.array(column)).optional(),
    targets: z.record(z.string(), z.union([column.transform((one) => [one]), z.array(column)])).optional(),
  }),
});

type Columns = readonly z.output<typeof column>[];

/** What an input takes beside numbers of its shape. */
const takes = (kind: string, dtype: string | undefined, columns: Columns | undefined): InputSpecification["takes"] => {
  if (kind === "images") return "image";
  if (kind === "text") return "text";
  if (columns === undefined) return undefined;
  if (dtype !== "int") return "numbers";
  return columns[0]?.kind === "text" ? "text" : "categories";
};

/** The same for the target of a head: labels as the table has them, or numbers. */
const takesTarget = (
  kind: string,
  { role, shape }: Expected,
  columns: Columns | undefined,
): InputSpecification["takes"] => {
  if (kind === "images") return "categories";
  if (columns === undefined) return undefined;
  if (role === "label") return shape === undefined ? "categories" : "text";
  return columns[0]?.kind === "set" ? "text" : "numbers";
};

const readData = async (folder: string) =>
  config.parse(JSON.parse(await readFile(join(folder, "config.json"), "utf8"))).data;

const sizes = (shape: readonly (number | string)[]): readonly number[] =>
  shape.map((size) => (typeof size === "number" ? size : -1));

/** What the heads are to predict, for rows that are scored. */
export const readTargets = async (folder: string): Promise<readonly InputSpecification[]> => {
  const data = await readData(folder);
  return Object.entries(data.expects)
    .filter(([, { role }]) => role !== "input")
    .map(([name, expected]) => {
      const { role, shape, classes = 1, outputs = 1 } = expected;
      const columns = data.targets?.[name];
      const label = role === "label";
      return {
        name,
        target: true,
        shape: sizes(shape ?? (label ? [] : [role === "labels" ? classes : outputs])),
        dtype: label ? "int32" : "float32",
        ...(label && { below: classes, from: shape === undefined ? 0 : -1 }),
        columns: columns?.map((one) => one.column),
        takes: takesTarget(data.kind, expected, columns),
      };
    });
};

/** What the model takes, from the configuration that it was trained with. */
export const readInputs = async (folder: string): Promise<readonly InputSpecification[]> => {
  const data = await readData(folder);
  return Object.entries(data.expects)
    .filter(([, { role }]) => role === "input")
    .map(([name, { shape = [], dtype, below, stored }]) => {
      const columns = data.features?.[name];
      return {
        name,
        shape: sizes(shape),
        dtype: stored ?? (dtype === "int" ? "int32" : "float32"),
        below,
        columns: columns?.map((one) => one.column),
        takes: takes(data.kind, dtype, columns),
      };
    });
};
