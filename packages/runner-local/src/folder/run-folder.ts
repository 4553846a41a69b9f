import { mkdirSync, writeFileSync } from "node:fs";
import { mkdir, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { type Asset, DataError, DiskFullError, type Job } from "@flaxen/runner";
import { UnsafePathError } from "../errors.ts";
import { describeJob, json, type Submission, writeJobFile } from "./job-file.ts";
import { makeFolder } from "./make-folder.ts";
import { newRunId } from "./run-id.ts";

/**
 * Writes what a run needs: `program/`, `config.json`, `assets/`, `job.json` and an empty `control/`. The folder appears
 * whole or not at all, and never over another one.
 *
 * @param root made where it is not there
 * @returns its absolute path; undefined where there is a run of that id
 * @throws DiskFullError, FolderNotWritableError, DataError (missing-file), UnsafePathError
 */
export const writeRunFolder = async (
  root: string,
  id: string,
  job: Job,
  submission: Submission,
): Promise<string | undefined> => {
  await makeFolder(root);
  const folder = await runFolder(root, id);
  if (await isThere(folder)) return undefined;
  const part = join(root, `.${id}-${newRunId()}.part`);
  try {
    await fill(part, job);
    await writeJobFile(part, describeJob(id, job, submission));
    await rename(part, folder);
    return folder;
  } catch (error) {
    await rm(part, { recursive: true, force: true }).catch(() => undefined);
    if (isTaken(error)) return undefined;
    if (isFull(error)) throw new DiskFullError("the run's folder", root, { cause: error });
    throw error;
  }
};

/** Takes a run's folder away at once, and then its content. */
export const removeRunFolder = async (folder: string): Promise<void> => {
  const gone = join(dirname(folder), `.${newRunId()}.part`);
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
};

/** What may not be written shows itself at the first folder. */
const fill = async (part: string, job: Job): Promise<void> => {
  await makeFolder(part, dirname(part));
  await mkdir(join(part, "control"));
  await mkdir(join(part, "assets"));
  writeProgram(join(part, "program"), job.program.files);
  for (const asset of job.assets) await place(join(part, "assets"), asset);
  await writeFile(join(part, "config.json"), json(job.config));
};

/** At one go: dozens of small texts take a third of the time that they take one await after another. */
const writeProgram = (folder: string, files: Job["program"]["files"]): void => {
  const targets = Object.entries(files).map(([path, text]) => [inside(folder, path), text] as const);
  for (const each of new Set(targets.map(([target]) => dirname(target)))) mkdirSync(each, { recursive: true });
  for (const [target, text] of targets) writeFileSync(target, text);
};

/** Where a run of that id lies, or would lie. */
export const runFolder = async (root: string, id: string): Promise<string> =>
  join(await realpath(root).catch(() => root), id);

export const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const write = async (folder: string, path: string, content: Uint8Array): Promise<void> => {
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

const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOTEMPTY" || error.code === "EEXIST");
