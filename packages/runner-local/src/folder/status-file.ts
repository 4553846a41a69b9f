import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ending, endings, type RunState } from "@flaxen/runner";
import { RunUnreadableError } from "../errors.ts";
import type { ProcessIdentity } from "./process-identity.ts";

const states = ["queued", "environment", "running", "closing", "ended"] as const satisfies readonly RunState[];

/** `status.json`: what a run is doing, and who would know. */
export interface Status {
  readonly attempt: number;
  readonly state: (typeof states)[number];
  readonly reason: Ending | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly supervisor: ProcessIdentity;
}

/**
 * Undefined where no supervisor has taken the run up yet.
 *
 * @throws RunUnreadableError
 */
export const readStatus = async (folder: string): Promise<Status | undefined> => {
  const text = await readFile(join(folder, "status.json"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return parse(text);
  } catch (cause) {
    throw new RunUnreadableError(folder, "its status.json is not what this version of Flaxen writes", cause);
  }
};

const parse = (text: string): Status => {
  const { attempt, state, reason, startedAt, supervisor } = JSON.parse(text) as Record<string, unknown>;
  const { pid, startTime, bootId, pidNamespace } = (supervisor ?? {}) as Record<string, unknown>;
  const whole = Number.isSafeInteger(attempt) && (attempt as number) >= 1 && Number.isSafeInteger(pid);
  if (!whole || !(states as readonly unknown[]).includes(state)) throw new Error("a field is missing");
  return {
    attempt: attempt as number,
    state: state as Status["state"],
    reason: (endings as readonly unknown[]).includes(reason) ? (reason as Ending) : undefined,
    startedAt: typeof startedAt === "number" ? startedAt : undefined,
    supervisor: {
      pid: pid as number,
      startTime: typeof startTime === "string" ? startTime : null,
      bootId: typeof bootId === "string" ? bootId : "",
      pidNamespace: typeof pidNamespace === "string" ? pidNamespace : null,
    },
  };
};
