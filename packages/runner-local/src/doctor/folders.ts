import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, finding } from "./finding.ts";
import { nearest } from "./nearest.ts";
import type { Patient } from "./patient.ts";

export const examineFolders = async ({ home, root }: Patient): Promise<readonly Finding[]> => {
  const advice = "Allow writing there, or choose another place: FLAXEN_HOME, or local({ home, root }).";
  const places: readonly (readonly [string, string, string])[] = [
    ["environments and caches", home, advice],
    ["runs", root, advice],
    ["temporary files", tmpdir(), "Allow writing there, or name another folder: TMPDIR."],
  ];
  return Promise.all(places.map(([what, folder, todo]) => tryFolder(what, folder, todo)));
};

/** A file is really written: permissions alone tell nothing of read-only disks and quotas. */
const tryFolder = async (what: string, folder: string, advice: string): Promise<Finding> => {
  const there = await nearest(folder);
  try {
    const made = await mkdtemp(join(there, ".flaxen-doctor-"));
    await writeFile(join(made, "file"), "x").finally(() => rm(made, { recursive: true, force: true }));
    return finding("folders", "ok", `${folder} for ${what}${there === folder ? "" : ` can be made in ${there}`}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return finding("folders", "problem", `${folder} for ${what} cannot be written: ${code ?? message}`, advice);
  }
};
