import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type CompleteDocument, experimentDocument } from "@flaxen/core";
import * as z from "zod";
import { NotTrainedError } from "../errors/run.ts";

/** The file beside program and weights that makes a folder a trained model. */
export const recordFile = "trained.json";

/** JSON has neither NaN nor infinity: on disk they are strings. */
const number = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);
export const onDisk = (_: string, value: unknown) =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

const record = z.strictObject({
  flaxen: z.literal(1),
  /** Which named Python environment its program needs. */
  environment: z.string(),
  experiment: experimentDocument.refine(({ data, training }) => data !== undefined && training !== undefined),
  metrics: z.record(z.string(), number),
  bestEpoch: z.int().nullable(),
  steps: z.int(),
  seconds: z.number(),
});

/** What a trained model is, beside its program, configuration and weights. */
export type TrainedRecord = Omit<z.infer<typeof record>, "experiment"> & { readonly experiment: CompleteDocument };

export const writeRecord = (folder: string, value: TrainedRecord): Promise<void> =>
  writeFile(join(folder, recordFile), `${JSON.stringify(value, onDisk, 2)}\n`);

/** Throws `NotTrainedError` where the folder holds no trained model that this version reads. */
export const readRecord = async (folder: string): Promise<TrainedRecord> => {
  const path = join(resolve(folder), recordFile);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const why = `there is no ${recordFile}. Was it written by trained.save()?`;
    throw new NotTrainedError(`${resolve(folder)} holds no trained model: ${why}`, { cause });
  });
  try {
    return record.parse(JSON.parse(text)) as TrainedRecord;
  } catch (cause) {
    throw new NotTrainedError(`${path} is not what this version of Flaxen writes.`, { cause });
  }
};
