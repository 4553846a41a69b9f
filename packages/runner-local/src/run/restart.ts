import type { Run } from "@flaxen/runner";
import { RunNotLostError } from "../errors.ts";
import { clearRequests } from "../folder/control.ts";
import { type JobFile, type Submission, writeJobFile } from "../folder/job-file.ts";
import { ownIdentity } from "../folder/process-identity.ts";
import { provenState } from "../folder/state.ts";
import type { RestartOptions } from "../options/run-options.ts";
import { findRun } from "./find-run.ts";
import { openRun } from "./open-run.ts";
import type { Place } from "./place.ts";
import { hand } from "./submit.ts";

/** Starts another attempt at a run that is lost. Its events are those of the attempts before, then those of the new one. */
export const restartRun = async (place: Place, id: string, options: RestartOptions): Promise<Run> => {
  const { folder, file } = await findRun(place.root, id);
  const { state, reason } = await provenState(folder);
  if (state !== "lost") throw new RunNotLostError(id, reason);
  const again: JobFile = { ...file, submission: await renewed(file.submission, options) };
  await clearRequests(folder);
  await writeJobFile(folder, again);
  const own = await hand(place, folder, again, false).catch(async (error: unknown) => {
    // Else this process would count as the one that is about to hand it over.
    await writeJobFile(folder, file);
    throw error;
  });
  return openRun(folder, again, { signal: options.signal }, own);
};

const renewed = async (before: Submission, { detach, maxSeconds, retries }: RestartOptions): Promise<Submission> => ({
  detached: detach ?? before.detached,
  maxSeconds: maxSeconds ?? before.maxSeconds,
  retries: retries ?? before.retries,
  at: before.at,
  by: await ownIdentity(),
});
