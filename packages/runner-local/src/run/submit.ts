import { setTimeout as sleep } from "node:timers/promises";
import {
  type Job,
  type Run,
  RunCancelledError,
  RunExistsError,
  type SubmitOptions,
  unlessAborted,
} from "@flaxen/runner";
import { RunUnreadableError } from "../errors.ts";
import { contentsOf, differences } from "../folder/contents.ts";
import { holdUntilEnd } from "../folder/hold-until-end.ts";
import { type JobFile, readJobFile, type Submission } from "../folder/job-file.ts";
import { ownIdentity } from "../folder/process-identity.ts";
import { type OwnSupervisor, proveLife } from "../folder/prove-life.ts";
import { isThere, removeRunFolder, runFolder, writeRunFolder } from "../folder/run-folder.ts";
import { newRunId } from "../folder/run-id.ts";
import { readStatus } from "../folder/status-file.ts";
import { openRun } from "./open-run.ts";
import { handOver, type Place, wakeSupervisor } from "./place.ts";

/** Milliseconds between two looks whether another submit of the same id has come through. */
const patience = 20;

/** Writes a run's folder and hands it to a supervisor; joins the run that is there already under the given id. */
export const submitRun = async (place: Place, job: Job, options: SubmitOptions): Promise<Run> => {
  const { signal, id = newRunId() } = options;
  const { environment, sourceMap } = job.program;
  const described = { run: id, sourceMap, sites: job.sites, dataSite: job.dataSite };
  refuseIfAborted(signal);
  // The search for Python goes on for others.
  await unlessAborted(place.python(), signal).catch((error: unknown) => {
    refuseIfAborted(signal);
    throw error;
  });
  if (!options.detach) await wakeSupervisor(place);
  for (;;) {
    const submission = await submissionOf(options);
    const folder = await writeRunFolder(place.root, id, job, submission);
    if (folder !== undefined) {
      const own = await hand(place, folder, { environment, submission }, true);
      return openRun(folder, described, { signal }, own);
    }
    const there = await runFolder(place.root, id);
    if (await isTakenUp(place, there, job, signal)) return openRun(there, described, { signal });
  }
};

/** Gives a folder to a supervisor. While that fails, nobody has heard of the run: then the folder goes again. */
export const hand = async (
  place: Place,
  folder: string,
  { environment, submission }: Pick<JobFile, "environment" | "submission">,
  fresh: boolean,
): Promise<OwnSupervisor | undefined> => {
  const { detached, maxSeconds, retries } = submission;
  try {
    const own = await handOver(place, { folder, environment, detached, maxSeconds, retries });
    if (own) holdUntilEnd(folder, () => own.death === undefined);
    return own;
  } catch (error) {
    const status = await readStatus(folder).catch(() => undefined);
    // Somebody else may have been quicker: then the run is theirs to supervise.
    if (status && (await proveLife(folder).catch(() => undefined))?.alive) return undefined;
    if (fresh && !status) await removeRunFolder(folder).catch(() => undefined);
    throw error;
  }
};

/**
 * Waits until a run that somebody else submitted has its supervisor. Hands it over in the other's stead when that one died
 * before it could; false when it failed and took the folder away.
 *
 * @throws RunExistsError when it is another job
 */
const isTakenUp = async (place: Place, folder: string, job: Job, signal: AbortSignal | undefined): Promise<boolean> => {
  for (;;) {
    refuseIfAborted(signal);
    const file = await readJobFile(folder);
    if (!file) {
      if (await isThere(folder)) throw new RunUnreadableError(folder, "there is no job.json in it");
      return false;
    }
    const differing = differences(file.contents, contentsOf(job));
    if (differing.length > 0) throw new RunExistsError(file.run, folder, differing);
    if (await readStatus(folder)) return true;
    if (!(await proveLife(folder)).alive) {
      await hand(place, folder, file, false);
      return true;
    }
    await sleep(patience);
  }
};

const submissionOf = async ({ detach = false, maxSeconds, retries = 0 }: SubmitOptions): Promise<Submission> => ({
  detached: detach,
  maxSeconds: maxSeconds ?? null,
  retries,
  at: Date.now(),
  by: await ownIdentity(),
});

const refuseIfAborted = (signal: AbortSignal | undefined) => {
  if (signal?.aborted) throw new RunCancelledError(undefined, signal.reason);
};
