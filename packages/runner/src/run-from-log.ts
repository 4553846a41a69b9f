import type { Ending } from "./ending.ts";
import { RunClosedError } from "./errors/ending-errors.ts";
import type { Origins } from "./errors/failure-errors.ts";
import { fromEnding, type RunEnded } from "./errors/from-ending.ts";
import { RunLostError } from "./errors/run-lost-error.ts";
import type { Event } from "./events.ts";
import type { LogCarrier } from "./log/carrier.ts";
import { type Cursor, fromCursor } from "./log/cursor.ts";
import { type EventStream, readEvents } from "./log/read-events.ts";
import type { Artifact, ConnectionState, EventsOptions, Run, RunResult } from "./runner.ts";

export interface RunSource {
  readonly id: string;
  readonly folder: string;
  readonly carrier: LogCarrier;
  readonly origins: Origins;
  /** Puts a request into the run's control inbox; an id that was there before does nothing. */
  request(verb: "cancel", id: string): Promise<void>;
  /** Makes an artifact of the run's folder available here; its absolute path on this machine. */
  artifactPath(name: string, announced: Pick<Artifact, "sha256" | "bytes">): Promise<string>;
  readonly signal?: AbortSignal | undefined;
  /** Where iterating begins; the first event by default. */
  readonly from?: Cursor | string | undefined;
  /** How the carrier's way to the log is; a carrier that reads a disk always has one. */
  connection?(): ConnectionState;
  /** Gives back what the run holds: its connection, what was downloaded. Called once, when the run is disposed of. */
  close?(): Promise<void>;
}

type Announced = Extract<Event, { type: "artifact" }>;

/** A run whose only truth is its log: the same for every runner, whatever carries the log's bytes. */
export const runFromLog = (source: RunSource): Run => {
  const { id, folder, signal } = source;
  const disposed = new AbortController();
  const announced = new Map<string, Announced>();
  // Its own for each run that is opened: an attempt after this one must not take it for one that was answered.
  const cancellation = `c_cancel_${crypto.randomUUID()}`;
  let ended: RunEnded | undefined;
  /** Whether every event up to the end was seen: a stream that began behind the first does not know all artifacts. */
  let whole = false;
  let lost = false;
  let ending: Promise<RunEnded> | undefined;
  let result: Promise<RunResult> | undefined;
  let closing: Promise<void> | undefined;
  if (source.from !== undefined) fromCursor(source.from);

  const carrier: LogCarrier = {
    open: source.carrier.open,
    proveLife: async (aborted) => {
      const proof = await source.carrier.proveLife(aborted);
      lost = !proof.alive;
      return proof;
    },
  };

  const notice = (event: Event, fromStart: boolean) => {
    if (event.type === "artifact" && fromStart) announced.set(event.name, event);
    if (event.type !== "run.ended") return;
    ended = event;
    whole ||= fromStart;
    signal?.removeEventListener("abort", onAbort);
  };

  const read = (from: Cursor | string | undefined, ends: AbortSignal | undefined): EventStream =>
    readEvents(carrier, {
      run: id,
      from,
      signal: ends ? AbortSignal.any([disposed.signal, ends]) : disposed.signal,
      notice: (event) => notice(event, from === undefined),
    });

  const waitForEnd = async (): Promise<RunEnded> => {
    if (ended && whole) return ended;
    ending ??= readToEnd(read(undefined, undefined), id).catch((error: unknown) => {
      ending = undefined;
      throw error;
    });
    return ending;
  };

  const settle = async (): Promise<RunResult> => {
    const end = await waitForEnd();
    const error = fromEnding(end, folder, source.origins, signal?.reason);
    if (error) throw error;
    const artifacts: Record<string, Artifact> = {};
    for (const { name, sha256, bytes } of announced.values()) {
      artifacts[name] = { name, sha256, bytes, path: await source.artifactPath(name, { sha256, bytes }) };
    }
    const { reason, metrics, bestEpoch, step, m } = end;
    return { reason, metrics, bestEpoch: bestEpoch ?? undefined, steps: step, seconds: m / 1000, artifacts };
  };

  const cancel = async (): Promise<Ending> => {
    if (ended) return ended.reason;
    await source.request("cancel", cancellation);
    try {
      return (await waitForEnd()).reason;
    } catch (error) {
      if (RunLostError.isInstance(error)) return "lost";
      throw error;
    }
  };

  const onAbort = () => {
    // What becomes of it is in the log; a request that cannot be written finds a run that is gone.
    source.request("cancel", cancellation).catch(() => undefined);
  };
  if (signal?.aborted) onAbort();
  else signal?.addEventListener("abort", onAbort, { once: true });

  return {
    id,
    folder,
    get connection() {
      const isLost = ended ? ended.reason === "lost" : lost;
      return isLost ? "lost" : (source.connection?.() ?? "live");
    },
    events: (options: EventsOptions = {}) => read(options.from ?? source.from, options.signal),
    [Symbol.asyncIterator]: () => read(source.from, undefined),
    result: () => {
      result ??= settle();
      return result;
    },
    cancel,
    [Symbol.asyncDispose]: async () => {
      disposed.abort();
      closing ??= source.close?.();
      await closing;
    },
  };
};

const readToEnd = async (stream: EventStream, id: string): Promise<RunEnded> => {
  for await (const event of stream) if (event.type === "run.ended") return event;
  throw new RunClosedError(id);
};
