import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { FolderNotWritableError } from "../errors.ts";

/** Codes of a place where no folder can be made, whatever is tried. ENOENT below a folder that is there: /proc is one. */
const hopeless = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOENT", "EEXIST"];

/**
 * Makes a folder and those above it, one by one: Node's own recursive `mkdir` tries for ever on /proc.
 *
 * @param named the folder that the error speaks of
 * @throws FolderNotWritableError
 */
export const makeFolder = async (folder: string, named = folder): Promise<void> => {
  const missing: string[] = [];
  for (let at = folder; !(await isFolder(at, named)); at = dirname(at)) missing.push(at);
  for (const next of missing.toReversed()) {
    await mkdir(next).catch(async (error: NodeJS.ErrnoException) => {
      // Another process may have made it just now.
      if (error.code === "EEXIST" && (await isFolder(next, named))) return;
      throw explained(error, named);
    });
  }
};

const isFolder = async (path: string, named: string): Promise<boolean> => {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && dirname(path) !== path) return false;
    throw explained(error as NodeJS.ErrnoException, named);
  }
  throw new FolderNotWritableError(named, "ENOTDIR", undefined);
};

const explained = (error: NodeJS.ErrnoException, named: string): Error =>
  hopeless.includes(error.code ?? "") ? new FolderNotWritableError(named, error.code ?? "", error) : error;
