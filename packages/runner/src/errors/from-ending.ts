import type { FlaxenError } from "@flaxen/errors";
import type { Event } from "../events.ts";
import {
  DeviceMismatchError,
  DiskFullError,
  EnvironmentError,
  OutOfMemoryError,
  RunAbandonedError,
  RunCancelledError,
  RunEndedError,
  RunTimedOutError,
} from "./ending-errors.ts";
import { fromFailure, type Origins } from "./failure-errors.ts";
import { RunLostError } from "./run-lost-error.ts";

export type RunEnded = Extract<Event, { type: "run.ended" }>;

/**
 * The typed error for a run that did not end well; undefined for one that did.
 *
 * @param abort the reason that the caller's AbortSignal was given
 */
export const fromEnding = (
  ended: RunEnded,
  folder: string,
  origins: Origins,
  abort?: unknown,
): FlaxenError | undefined => {
  const { run, reason, failure } = ended;
  switch (reason) {
    case "completed":
    case "stopped":
      return undefined;
    case "failed":
      return failure ? fromFailure(failure, origins) : new RunEndedError(run, reason, undefined);
    case "cancelled":
      return new RunCancelledError(run, abort);
    case "abandoned":
      return new RunAbandonedError(run);
    case "lost":
      return new RunLostError(run, "gave it up", failure?.message);
    case "oom":
      return new OutOfMemoryError(run, failure ?? undefined);
    case "disk-full":
      return new DiskFullError(`run ${run}`, folder, { detail: failure?.traceback });
    case "env-failed":
      return new EnvironmentError(
        String(failure?.data.environment),
        failure?.message ?? "no reason was given.",
        failure?.traceback ?? "",
      );
    case "timed-out":
      return new RunTimedOutError(run, ended.m / 1000);
    case "device-mismatch":
      return new DeviceMismatchError(run, failure ?? undefined);
    default:
      return new RunEndedError(run, reason, failure ?? undefined);
  }
};
