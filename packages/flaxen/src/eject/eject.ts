import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { projectFiles } from "@flaxen/compiler";
import type { Experiment } from "@flaxen/core";
import type { Asset } from "@flaxen/runner";
import { emptyFolder } from "../trained/empty-folder.ts";
import { prepareJob } from "../training/prepare-job.ts";
import { requirements } from "./requirements.ts";

export interface EjectOptions {
  /** Writes into a folder that is not empty; files of other names stay. @defaultValue false */
  readonly overwrite?: boolean | undefined;
}

/**
 * Writes an experiment as a Python project that needs nothing of Flaxen: `python train.py` trains it.
 *
 * The folder holds model.py, train.py, config.json, pinned requirements, a README, the few modules that the program
 * imports, and the data. Throws `FolderNotEmptyError`, and `DataError` where a file of the data is missing.
 */
export const eject = async (
  experiment: Experiment,
  folder: string,
  { overwrite = false }: EjectOptions = {},
): Promise<void> => {
  const target = resolve(folder);
  const job = await prepareJob(experiment);
  await emptyFolder("eject", target, overwrite);
  for (const [path, text] of Object.entries(projectFiles(job, { requirements }))) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), text);
  }
  await Promise.all(job.assets.map((asset) => place(asset, join(target, "assets", asset.name))));
};

const place = async (asset: Asset, path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await ("bytes" in asset ? writeFile(path, asset.bytes) : copyFile(asset.path, path));
};
