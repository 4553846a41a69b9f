import type { Duplex } from "node:stream";
import { ProtocolError } from "../errors/wire-errors.ts";
import { unlessAborted } from "./abort.ts";
import { encodeFrame, frameDecoder, type Message } from "./frames.ts";
import { greetingReader } from "./greeting.ts";
import { heartbeat } from "./heartbeat.ts";

export interface WireClientOptions {
  /** Milliseconds of silence after which the other end is asked whether it is there; after three it counts as gone. */
  readonly interval?: number | undefined;
  /** Hears when nothing came for an interval, and when something came again. */
  readonly onSilence?: ((silent: boolean) => void) | undefined;
  /** Hears that the connection has ended, before what was asked over it rejects. */
  readonly onClose?: ((why: Error) => void) | undefined;
}

/** One connection to a supervisor. When it breaks, everything that is asked over it rejects, and it stays broken. */
export interface WireClient {
  /** The supervisor's identity, `sha256:…` of its sources, once it has greeted. */
  readonly greeted: Promise<string>;
  /**
   * Asks and waits for the answer; `signal` gives up waiting.
   *
   * @throws ProtocolError with `refusal` where the supervisor says no; whatever broke the connection otherwise
   */
  request(verb: string, fields?: object, signal?: AbortSignal): Promise<Message>;
  close(): void;
}

/** The connection ended, and that says nothing about what was asked over it. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

interface Waiting {
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks the supervisor's protocol over any byte stream: requests, answers in any order, and a pulse. */
export const wireClient = (stream: Duplex, options: WireClientOptions = {}): WireClient => {
  let greet: (identity: string) => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  const greeted = new Promise<string>((resolve, reject) => {
    greet = resolve;
    refuse = reject;
  });
  greeted.catch(() => undefined);
  const waiting = new Map<number, Waiting>();
  const readGreeting = greetingReader();
  const decoder = frameDecoder();
  let isGreeted = false;
  let ended: Error | undefined;
  let ids = 0;

  const end = (error: Error) => {
    if (ended) return;
    ended = error;
    pulse.stop();
    stream.destroy();
    options.onClose?.(error);
    refuse(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const take = ({ header, bytes }: Message) => {
    const asked = waiting.get(header.id as number);
    // Who gave up waiting is not there any more, and nobody waits for a ping.
    if (!asked) return;
    if (header.ok === true) asked.resolve({ header, bytes });
    else asked.reject(new ProtocolError(String(header.message), { refusal: String(header.code) }));
  };

  const receive = (bytes: Uint8Array) => {
    pulse.heard();
    try {
      if (isGreeted) return decoder.push(bytes, take);
      const found = readGreeting(bytes);
      if (!found) return;
      isGreeted = true;
      greet(found.identity);
      if (waiting.size === 0) hold(stream, false);
      decoder.push(found.rest, take);
    } catch (error) {
      end(error as Error);
    }
  };

  const send = (verb: string, fields: object): number => {
    ids += 1;
    stream.write(encodeFrame({ id: ids, verb, ...fields }));
    return ids;
  };

  const pulse = heartbeat({
    interval: options.interval ?? 5_000,
    // The answer is a sign of life like every other byte: nobody waits for it.
    ask: () => isGreeted && send("ping", {}),
    onSilence: options.onSilence,
    onDeath: (seconds) => end(new ConnectionLost(`nothing was heard for ${seconds} s`)),
  });

  stream.on("data", receive);
  stream.on("error", (error) => end(new ConnectionLost(error.message, { cause: error })));
  stream.on("end", () => end(new ConnectionLost("the other end closed the connection")));
  stream.on("close", () => end(new ConnectionLost("the connection was closed")));

  return {
    greeted,
    request: (verb, fields = {}, signal) => {
      if (ended) return Promise.reject(ended);
      if (signal?.aborted) return Promise.reject(signal.reason);
      const id = send(verb, fields);
      hold(stream, true);
      const answer = new Promise<Message>((resolve, reject) => waiting.set(id, { resolve, reject }));
      return unlessAborted(answer, signal).finally(() => {
        waiting.delete(id);
        if (waiting.size === 0) hold(stream, false);
      });
    },
    close: () => end(new ConnectionLost("it was closed here")),
  };
};

/** Only what is asked keeps this process alive, not a connection that stands idle. */
const hold = (stream: Duplex, held: boolean) => {
  const { ref, unref } = stream as Partial<Record<"ref" | "unref", () => void>>;
  (held ? ref : unref)?.call(stream);
};
