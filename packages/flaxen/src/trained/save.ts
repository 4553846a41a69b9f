import { cp, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { emptyFolder } from "./empty-folder.ts";
import { type TrainedRecord, writeRecord } from "./record.ts";

/** Copies program, configuration and artifacts, and writes the record that makes the folder a trained model. */
export const saveTrained = async (
  from: string,
  record: TrainedRecord,
  target: string,
  { overwrite = false }: { readonly overwrite?: boolean } = {},
): Promise<void> => {
  const folder = resolve(target);
  await emptyFolder("trained.save", folder, overwrite);
  for (const part of ["program", "artifacts", "config.json"])
    await cp(join(from, part), join(folder, part), {
      recursive: true,
      filter: (source) => !source.endsWith("__pycache__"),
    });
  await mkdir(folder, { recursive: true });
  await writeRecord(folder, record);
};
