import type { Duplex } from "node:stream";
import { ProtocolError, TransportError, UnknownProtocolError } from "../errors/wire-errors.ts";
import type { ConnectionState } from "../runner.ts";
import { unlessAborted, withDeadline } from "./abort.ts";
import { ConnectionLost, type WireClient, wireClient } from "./client.ts";
import type { Message } from "./frames.ts";

type WayState = Exclude<ConnectionState, "lost">;

export interface ReconnectingOptions {
  /**
   * Opens a byte stream to the supervisor. A TransportError says that it can never work; after every other error it is
   * tried again. The signal tells that nobody waits for it any more.
   */
  readonly connect: (signal: AbortSignal) => Promise<Duplex>;
  /**
   * Milliseconds of silence after which the other end is asked whether it is there; after three it counts as gone.
   *
   * @defaultValue 5_000
   */
  readonly interval?: number | undefined;
  /** Hears each change of the way to the supervisor. */
  readonly onState?: ((state: WayState) => void) | undefined;
}

/** The way to a supervisor, however often a connection breaks. */
export interface Connection {
  readonly state: WayState;
  /**
   * Asks, and asks again over the next connection when one breaks before the answer. `signal` gives up.
   *
   * @throws ProtocolError with `refusal` where the supervisor says no
   * @throws TransportError, UnknownProtocolError, ProtocolError where it can never work
   */
  request(verb: string, fields?: object, signal?: AbortSignal): Promise<Message>;
  /** Ends the connection: what is asked then, or still waits, rejects with a TransportError. */
  close(): void;
}

/** Milliseconds between two attempts to connect: each is twice the one before. */
const shortestPause = 100;
const longestPause = 5_000;

/** Connects when something is asked, and again for as long as something is, until it is closed. */
export const reconnecting = ({ connect, interval = 5_000, onState }: ReconnectingOptions): Connection => {
  const closed = new AbortController();
  let state: WayState = "live";
  let current: Promise<WireClient> | undefined;
  let failures = 0;
  let asking = 0;
  let endPause: () => void = () => undefined;
  let endConnecting: () => void = () => undefined;

  const enter = (next: WayState) => {
    if (next === state || closed.signal.aborted) return;
    state = next;
    onState?.(next);
  };

  const pause = async (): Promise<void> => {
    const milliseconds = Math.min(shortestPause * 2 ** (failures - 1), longestPause);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };

  /** One connection that has greeted. */
  const open = async (): Promise<WireClient> => {
    const unwanted = new AbortController();
    endConnecting = () => unwanted.abort(new Error("nobody waits for it any more"));
    const stream = await withDeadline(3 * interval, connect, (late) => late.destroy(), unwanted.signal);
    // What is open is ended by its own means: it may well listen to that signal still.
    endConnecting = () => undefined;
    let isOpen = false;
    let death: Error | undefined;
    const abort = () => client.close();
    const client = wireClient(stream, {
      interval,
      onSilence: (silent) => enter(silent ? "lagging" : "live"),
      onClose: (why) => {
        death = why;
        closed.signal.removeEventListener("abort", abort);
        if (!isOpen) return;
        current = undefined;
        failures += 1;
        enter("unreachable");
      },
    });
    closed.signal.addEventListener("abort", abort, { once: true });
    if (closed.signal.aborted) abort();
    await client.greeted;
    if (death) throw death;
    isOpen = true;
    enter("live");
    return client;
  };

  /** Tries until it is connected, while anybody asks. */
  const connected = async (): Promise<WireClient> => {
    let suspect: string | undefined;
    for (;;) {
      if (failures > 0 && asking > 0 && !closed.signal.aborted) await pause();
      if (closed.signal.aborted || asking === 0) {
        current = undefined;
        throw closed.signal.reason;
      }
      try {
        return await open();
      } catch (error) {
        failures += 1;
        enter("unreachable");
        // A greeting may have been damaged on its way: what it says is believed when it comes a second time.
        const isFinal = TransportError.isInstance(error) || (isAboutGreeting(error) && error.message === suspect);
        suspect = isAboutGreeting(error) ? error.message : undefined;
        if (!isFinal) continue;
        current = undefined;
        throw error;
      }
    }
  };

  const ask = async (verb: string, fields: object, signal: AbortSignal | undefined): Promise<Message> => {
    for (;;) {
      current ??= connected();
      const client = await unlessAborted(current, signal);
      try {
        const answer = await client.request(verb, fields, signal);
        failures = 0;
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        closed.signal.throwIfAborted();
        if (!isAboutConnection(error)) throw error;
      }
    }
  };

  return {
    get state() {
      return state;
    },
    request: async (verb, fields = {}, signal) => {
      signal?.throwIfAborted();
      closed.signal.throwIfAborted();
      asking += 1;
      try {
        return await ask(verb, fields, signal);
      } finally {
        asking -= 1;
        if (asking === 0) {
          endPause();
          endConnecting();
        }
      }
    },
    close: () => {
      enter("unreachable");
      closed.abort(new TransportError("the supervisor", "it was closed here."));
      endPause();
      endConnecting();
    },
  };
};

/** Only what broke a connection is asked again; a refusal is an answer. */
const isAboutConnection = (error: unknown): boolean =>
  error instanceof ConnectionLost || (ProtocolError.isInstance(error) && error.refusal === undefined);

const isAboutGreeting = (error: unknown): error is Error =>
  UnknownProtocolError.isInstance(error) || ProtocolError.isInstance(error);
