import type { Event } from "../events.ts";
import type { LogCarrier } from "./carrier.ts";
import { type Cursor, toCursor } from "./cursor.ts";
import { logFollower } from "./log-follower.ts";

export interface ReadOptions {
  /** For messages. */
  readonly run: string;
  /** Where to go on; the first event by default. */
  readonly from?: Cursor | string | undefined;
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Sees each event before the consumer does. */
  readonly notice?: ((event: Event) => void) | undefined;
}

export interface EventStream extends AsyncIterableIterator<Event, undefined, undefined>, AsyncDisposable {
  /** Behind the last event that was taken. */
  readonly cursor: Cursor;
  return(): Promise<IteratorReturnResult<undefined>>;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * The events of a run: each once, in order, over all its attempts, waiting for more until `run.ended`.
 *
 * Nothing is open before the first `next()`, nothing after `return()`, and no more than a piece of the log is read ahead
 * of who takes the events.
 *
 * @throws StreamGapError, LogTruncatedError, MalformedEventError, UnknownEventVersionError
 * @throws RunLostError once it is proven that nobody will write `run.ended`
 */
export const readEvents = (carrier: LogCarrier, { run, from, signal, notice }: ReadOptions): EventStream => {
  const left = new AbortController();
  const log = logFollower(carrier, { run, from, signal: left.signal });
  let filling: Promise<void> | undefined;

  const fill = async (): Promise<void> => {
    signal?.addEventListener("abort", leave, { once: true });
    try {
      await log.fill();
    } finally {
      filling = undefined;
      if (log.ended) signal?.removeEventListener("abort", leave);
    }
  };

  /** What is here already is given without waiting: the cost of a turn of the loop is paid once a piece of the log. */
  const next = (): Promise<IteratorResult<Event, undefined>> => {
    if (signal?.aborted) leave();
    const event = filling || left.signal.aborted ? undefined : log.next();
    if (event) {
      notice?.(event);
      if (event.type === "run.ended") leave();
      return Promise.resolve({ done: false, value: event });
    }
    if (log.ended || left.signal.aborted) return Promise.resolve(done);
    filling ??= fill();
    return filling.then(next);
  };

  const stop = async (): Promise<IteratorReturnResult<undefined>> => {
    signal?.removeEventListener("abort", leave);
    left.abort();
    await filling?.catch(() => undefined);
    await log.close();
    return done;
  };

  // Who neither goes on nor leaves must not keep the log open.
  const leave = () => void stop().catch(() => undefined);

  return {
    get cursor() {
      return toCursor(log.position);
    },
    next,
    return: stop,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
};
