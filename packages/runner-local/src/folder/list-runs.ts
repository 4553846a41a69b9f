import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunListing } from "@flaxen/runner";
import { type JobFile, readJobFile } from "./job-file.ts";
import { loggedEnd } from "./last-line.ts";
import { provenState } from "./state.ts";

/** Folders that are read at once: a process may have only so many files open. */
const atOnce = 32;

/** The runs of a root, newest first. A folder that cannot be read as a run is listed as "broken" and harms no other. */
export const listRuns = async (root: string): Promise<readonly RunListing[]> => {
  const ids = await runIds(root);
  const listings: (RunListing | undefined)[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    listings.push(...(await Promise.all(ids.slice(at, at + atOnce).map((id) => listRun(root, id)))));
  }
  return listings
    .filter((listing) => listing !== undefined)
    .sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime() || (one.id < other.id ? 1 : -1));
};

/** Names of the folders in a root; what starts with a dot is unfinished, or a supervisor's. */
export const runIds = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
};

const listRun = async (root: string, id: string): Promise<RunListing | undefined> => {
  const folder = join(root, id);
  try {
    const job = await readJobFile(folder);
    if (!job) return await broken(id, folder, "there is no job.json in it");
    return await whole(id, folder, job);
  } catch (error) {
    return broken(id, folder, (error as Error).message);
  }
};

const whole = async (id: string, folder: string, job: JobFile): Promise<RunListing> => {
  const { document, program, submission } = job;
  const { state, reason, cause, attempt, startedAt = submission.at } = await provenState(folder);
  const metrics = state === "ended" ? (await loggedEnd(folder, attempt))?.metrics : undefined;
  const problem = cause && `the supervisor ${cause}`;
  const { detached } = submission;
  const told = { state, reason, metrics, problem, attempt, startedAt: new Date(startedAt) };
  return { id, folder, ...told, detached, document, program };
};

/** Undefined where the folder was deleted meanwhile. */
const broken = async (id: string, folder: string, problem: string): Promise<RunListing | undefined> => {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return undefined;
  const unknown = { attempt: 1, detached: false, document: "", program: "" };
  return { id, folder, state: "broken", problem, startedAt: found.mtime, ...unknown };
};
