import type { ProofOfLife } from "@flaxen/runner";
import { readJobFile } from "./job-file.ts";
import { proveProcess } from "./process-identity.ts";
import { readStatus } from "./status-file.ts";

/** A supervisor that is this process's own child: its end is known first hand. */
export interface OwnSupervisor {
  readonly pid: number | undefined;
  /** Completes "the supervisor …"; undefined while it lives. */
  readonly death: string | undefined;
}

/**
 * Whether somebody may still write to a run's log: its supervisor, or, while none has taken it up, who submitted it.
 *
 * @throws RunUnreadableError
 */
export const proveLife = async (folder: string, own?: OwnSupervisor): Promise<ProofOfLife> => {
  const status = await readStatus(folder);
  if (!status) return own?.death === undefined ? proveSubmitter(folder) : { alive: false, cause: own.death };
  if (own?.pid !== status.supervisor.pid) return proveProcess(status.supervisor);
  return own.death === undefined ? { alive: true } : { alive: false, cause: own.death };
};

const proveSubmitter = async (folder: string): Promise<ProofOfLife> => {
  const job = await readJobFile(folder);
  if (!job) return { alive: false, cause: `has no folder to write to: ${folder} was deleted` };
  const { alive } = await proveProcess(job.submission.by);
  return alive ? { alive } : { alive, cause: "never heard of it: the process that submitted it is gone" };
};
