import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Described, Job, Origins } from "@flaxen/runner";
import { RunUnreadableError } from "../errors.ts";
import { type Contents, contentsOf } from "./contents.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/** How a run was asked for. */
export interface Submission {
  readonly detached: boolean;
  readonly maxSeconds: number | null;
  readonly retries: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who asked, and would still hand it to a supervisor. */
  readonly by: ProcessIdentity;
}

/** `job.json`: all that attaching, listing and starting again need of the job. */
export interface JobFile extends Described, Origins {
  readonly specification: 1;
  readonly run: string;
  /** `sha256:…` */
  readonly program: string;
  readonly entry: string;
  readonly contents: Contents;
  readonly submission: Submission;
}

export const describeJob = (run: string, job: Job, submission: Submission): JobFile => {
  const { document, metrics, sites, dataSite, program } = job;
  const { hash, entry, environment, sourceMap } = program;
  const description = { specification: 1, run, document, program: hash, entry, environment, metrics } as const;
  return { ...description, sourceMap, sites, dataSite, contents: contentsOf(job), submission };
};

/**
 * Undefined where there is no such file.
 *
 * @throws RunUnreadableError
 */
export const readJobFile = async (folder: string): Promise<JobFile | undefined> => {
  const text = await readFile(join(folder, "job.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return checked(JSON.parse(text) as JobFile);
  } catch (cause) {
    throw new RunUnreadableError(folder, "its job.json is not what this version of Flaxen writes", cause);
  }
};

const checked = (file: JobFile): JobFile => {
  const { specification, run, document, program, environment, metrics, sourceMap, sites, contents, submission } = file;
  const texts = [run, document, program, environment].every((value) => typeof value === "string");
  const lists = Array.isArray(metrics) && Array.isArray(sourceMap);
  const objects = [sites, contents, submission, submission?.by].every((value) => typeof value === "object" && value);
  if (specification !== 1 || !texts || !lists || !objects) throw new Error("a field is missing");
  return file;
};

/** Replaces the file whole. */
export const writeJobFile = async (folder: string, file: JobFile): Promise<void> => {
  const part = join(folder, `.job-${randomUUID()}.part`);
  await writeFile(part, json(file));
  await rename(part, join(folder, "job.json"));
};

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
