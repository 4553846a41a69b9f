import { mkdir, readdir } from "node:fs/promises";
import { FolderNotEmptyError } from "../errors/run.ts";

/** Makes a folder, or throws `FolderNotEmptyError` where it holds something that may not be overwritten. */
export const emptyFolder = async (use: string, folder: string, overwrite: boolean): Promise<void> => {
  await mkdir(folder, { recursive: true });
  if (!overwrite && (await readdir(folder)).length > 0) throw new FolderNotEmptyError(use, folder);
};
