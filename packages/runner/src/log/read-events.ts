import type { Event } from "../events.ts";
import type { LogCarrier } from "./carrier.ts";
import { type Cursor, toCursor } from "./cursor.ts";
import { eventAt, eventCount } from "./event-reader.ts";
import { logFollower } from "./log-follower.ts";

export interface ReadOptions {
  /** For messages. */
  readonly run: string;
  /** Where to go on; the first event by default. */
  readonly from?: Cursor | undefined;
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
 * The events of a run: each once, in order, waiting for more until `run.ended`.
 *
 * Nothing is open before the first `next()`, nothing after `return()`.
 *
 * @throws StreamGapError, LogTruncatedError, MalformedEventError, UnknownEventVersionError
 * @throws RunLostError once it is proven that nobody will write `run.ended`
 */
export const readEvents = (carrier: LogCarrier, options: ReadOptions): EventStream => {
  const abandoned = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abandoned.signal]) : abandoned.signal;
  const log = logFollower(carrier, options.run, options.from, signal);
  let filling: Promise<void> | undefined;

  const take = (): Event | undefined => {
    for (;;) {
      const { line } = log;
      if (!line || signal.aborted) return undefined;
      const row = log.position.delivered;
      const count = eventCount(line.content);
      log.advance(row + 1 < count ? row + 1 : undefined);
      if (row < count) return eventAt(line.content, row);
    }
  };

  /** What is here already is given without waiting: the cost of a turn of the loop is paid once a piece of the log. */
  const next = (): Promise<IteratorResult<Event, undefined>> => {
    const event = filling ? undefined : take();
    if (event) {
      options.notice?.(event);
      return Promise.resolve({ done: false, value: event });
    }
    if (log.ended) return Promise.resolve(done);
    filling ??= log.fill().finally(() => {
      filling = undefined;
    });
    return filling.then(next);
  };

  const stop = async (): Promise<IteratorReturnResult<undefined>> => {
    abandoned.abort();
    await filling?.catch(() => undefined);
    await log.close();
    return done;
  };

  // Who neither goes on nor leaves must not keep the log open.
  signal.addEventListener("abort", () => void stop().catch(() => undefined), { once: true });

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
