import type { Ending } from "./ending.ts";
import { RunClosedError } from "./errors/ending-errors.ts";
import type { Origins } from "./errors/failure-errors.ts";
import { fromEnding, type RunEnded } from "./errors/from-ending.ts";
import { RunLostError } from "./errors/run-lost-error.ts";
import type { Event } from "./events.ts";
import type { LogCarrier } from "./log/carrier.ts";
import { type EventStream, readEvents } from "./log/read-events.ts";
import type { Artifact, Run, RunResult } from "./runner.ts";

export interface RunSource {
  readonly id: string;
  readonly folder: string;
  readonly carrier: LogCarrier;
  readonly origins: Origins;
  /** Puts a request into the run's control inbox; asking for what has been asked before is harmless. */
  request(verb: "cancel"): Promise<void>;
  /** Makes an artifact of the run's folder available here; its absolute path on this machine. */
  artifactPath(name: string): Promise<string>;
  readonly signal?: AbortSignal | undefined;
}

type Announced = Extract<Event, { type: "artifact" }>;

/** A run whose only truth is its log: the same for every runner, whatever carries the log's bytes. */
export const runFromLog = (source: RunSource): Run => {
  const { id, folder, carrier, signal } = source;
  const disposed = new AbortController();
  const announced = new Map<string, Announced>();
  let ended: RunEnded | undefined;
  let ending: Promise<RunEnded> | undefined;
  let result: Promise<RunResult> | undefined;

  const notice = (event: Event) => {
    if (event.type === "artifact") announced.set(event.name, event);
    if (event.type !== "run.ended") return;
    ended = event;
    signal?.removeEventListener("abort", onAbort);
  };

  const read = (): EventStream => readEvents(carrier, { run: id, signal: disposed.signal, notice });

  const waitForEnd = async (): Promise<RunEnded> => {
    if (ended) return ended;
    ending ??= readToEnd(read(), id).catch((error: unknown) => {
      ending = undefined;
      throw error;
    });
    return ending;
  };

  const settle = async (): Promise<RunResult> => {
    const end = await waitForEnd();
    const error = fromEnding(end, folder, source.origins);
    if (error) throw error;
    const artifacts: Record<string, Artifact> = {};
    for (const { name, sha256, bytes } of announced.values()) {
      artifacts[name] = { name, sha256, bytes, path: await source.artifactPath(name) };
    }
    const { reason, metrics, bestEpoch, step, m } = end;
    return { reason, metrics, bestEpoch: bestEpoch ?? undefined, steps: step, seconds: m / 1000, artifacts };
  };

  const cancel = async (): Promise<Ending> => {
    if (!ended) await source.request("cancel");
    try {
      return (await waitForEnd()).reason;
    } catch (error) {
      if (RunLostError.isInstance(error)) return "lost";
      throw error;
    }
  };

  const onAbort = () => {
    // What becomes of it is in the log; a request that cannot be written finds a run that is gone.
    source.request("cancel").catch(() => undefined);
  };
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });

  return {
    id,
    folder,
    [Symbol.asyncIterator]: read,
    result: () => {
      result ??= settle();
      return result;
    },
    cancel,
    [Symbol.asyncDispose]: async () => {
      disposed.abort();
    },
  };
};

const readToEnd = async (stream: EventStream, id: string): Promise<RunEnded> => {
  for await (const event of stream) if (event.type === "run.ended") return event;
  throw new RunClosedError(id);
};
