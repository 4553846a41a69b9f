import { mkdir, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { type Asset, DataError, DiskFullError, type Job } from "@flaxen/runner";
import { FolderNotWritableError, UnsafePathError } from "../errors.ts";

/**
 * Writes what a run needs: `program/`, `config.json`, `assets/`, `job.json` and an empty `control/`. The folder appears
 * whole or not at all.
 *
 * @returns its absolute path
 * @throws DiskFullError, FolderNotWritableError, DataError (missing-file), UnsafePathError
 */
export const writeRunFolder = async (root: string, id: string, job: Job): Promise<string> => {
  const part = join(root, `.${id}.part`);
  try {
    await makeFirst(root, join(part, "control"));
    await mkdir(join(part, "assets"));
    for (const [path, text] of Object.entries(job.program.files)) await write(join(part, "program"), path, text);
    for (const asset of job.assets) await place(join(part, "assets"), asset);
    await writeFile(join(part, "config.json"), json(job.config));
    await writeFile(join(part, "job.json"), json(description(id, job)));
    const folder = join(await realpath(root), id);
    await rename(part, folder);
    return folder;
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    if (isFull(error)) throw new DiskFullError("the run's folder", root, { cause: error });
    throw error;
  }
};

/** What may not be written shows itself at the first folder. */
const makeFirst = async (root: string, folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"].includes(code)
      ? new FolderNotWritableError(root, code, error)
      : error;
  }
};

const description = (run: string, { program, document, metrics, sites }: Job) => {
  const { hash, entry, environment, sourceMap } = program;
  return { specification: 1, run, document, program: hash, entry, environment, metrics, sourceMap, sites };
};

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const write = async (folder: string, path: string, content: string | Uint8Array): Promise<void> => {
  const target = inside(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
};

const place = async (folder: string, asset: Asset): Promise<void> => {
  if ("bytes" in asset) return write(folder, asset.name, asset.bytes);
  const source = resolve(asset.path);
  const there = await stat(source).catch(() => undefined);
  if (!there) {
    const message = `There is no file ${source}. Check the path; a relative one starts at ${process.cwd()}.`;
    throw new DataError({ code: "missing-file", message, data: { path: source, asset: asset.name } });
  }
  const target = inside(folder, asset.name);
  await mkdir(dirname(target), { recursive: true });
  await symlink(source, target);
};

const inside = (folder: string, path: string): string => {
  if (path === "" || isAbsolute(path) || path.split(/[\\/]/).includes("..")) throw new UnsafePathError(path);
  return join(folder, path);
};

const isFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
