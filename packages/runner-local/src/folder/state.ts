import type { Ending, RunState } from "@flaxen/runner";
import { loggedEnd } from "./last-line.ts";
import { type OwnSupervisor, proveLife } from "./prove-life.ts";
import { readStatus } from "./status-file.ts";

/** What is proven of a run. */
export interface ProvenState {
  readonly state: Exclude<RunState, "broken">;
  /** Why it ended. */
  readonly reason?: Ending | undefined;
  /** How it is known that it is lost; completes "the supervisor …". */
  readonly cause?: string | undefined;
  readonly attempt: number;
  /** Milliseconds since 1970, where the supervisor has told. */
  readonly startedAt: number | undefined;
}

/**
 * What a run is doing: what its supervisor wrote last, if that still lives, else what the log proves.
 *
 * @throws RunUnreadableError
 */
export const provenState = async (folder: string, own?: OwnSupervisor): Promise<ProvenState> => {
  const status = await readStatus(folder);
  const { attempt = 1, state = "queued", reason, startedAt } = status ?? {};
  const proof = await proveLife(folder, own);
  if (proof.alive) return { state, reason, attempt, startedAt };
  // A supervisor may have died before the status told of an end that the log has, and the other way round.
  const logged = await loggedEnd(folder, attempt);
  if (logged !== undefined) return { state: "ended", reason: logged.reason, attempt, startedAt };
  return { state: "lost", cause: proof.cause, attempt, startedAt };
};
