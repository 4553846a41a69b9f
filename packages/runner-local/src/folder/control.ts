import { randomUUID } from "node:crypto";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Puts a request into a run's control inbox, whole. An id that was there before does nothing. */
export const writeRequest = async (folder: string, verb: "cancel", id: string): Promise<void> => {
  const control = join(folder, "control");
  const part = join(control, `.${verb}-${randomUUID()}.part`);
  await writeFile(part, `${JSON.stringify({ id, verb, arguments: {} })}\n`);
  await rename(part, join(control, `${id}.json`));
};

/** Forgets what an earlier attempt was asked: a new one would take it for its own. */
export const clearRequests = async (folder: string): Promise<void> => {
  const control = join(folder, "control");
  for (const name of await readdir(control)) await rm(join(control, name), { force: true });
};
