import { RunNotFoundError } from "@flaxen/runner";
import { RunUnreadableError } from "../errors.ts";
import { type JobFile, readJobFile } from "../folder/job-file.ts";
import { runIds } from "../folder/list-runs.ts";
import { runFolder } from "../folder/run-folder.ts";

/** @throws RunNotFoundError, RunUnreadableError */
export const findRun = async (
  root: string,
  id: string,
): Promise<{ readonly folder: string; readonly file: JobFile }> => {
  const folder = await runFolder(root, id);
  const file = await readJobFile(folder);
  if (file) return { folder, file };
  const known = await runIds(root);
  if (known.includes(id)) throw new RunUnreadableError(folder, "there is no job.json in it");
  throw new RunNotFoundError(id, root, known);
};
