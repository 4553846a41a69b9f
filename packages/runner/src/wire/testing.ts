import { type Duplex, duplexPair } from "node:stream";
import { encodeFrame, frameDecoder, type Message } from "./frames.ts";
import { greetingOf } from "./greeting.ts";

/** What befalls what the server sends over one connection, by the count of its bytes. */
export interface Fault {
  /** The connection ends behind so many bytes. */
  readonly cutAfter?: number;
  /** Nothing comes behind so many bytes, and nothing is said. */
  readonly freezeAfter?: number;
  /** This byte arrives changed. */
  readonly damageAt?: number;
}

/** A supervisor for tests: it serves files in memory over the protocol and remembers what it was asked. */
export const standIn = () => {
  const files = new Map<string, Uint8Array>();
  const grown = new Set<() => void>();
  const open = new Set<Duplex>();
  const requests: Readonly<Record<string, unknown>>[] = [];
  const life: Record<string, unknown> = { alive: true, cause: null, status: null };

  const append = (file: string, text: string | Uint8Array) => {
    files.set(file, Buffer.concat([files.get(file) ?? new Uint8Array(0), Buffer.from(text)]));
    for (const wake of [...grown]) wake();
  };

  const waitFor = async (file: string, offset: number, seconds: number): Promise<void> => {
    if ((files.get(file)?.length ?? 0) > offset || seconds === 0) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        grown.delete(done);
        resolve();
      };
      const timer = setTimeout(done, seconds * 1000);
      grown.add(done);
    });
  };

  const answer = async ({ verb, ...fields }: Readonly<Record<string, unknown>>): Promise<[object, Uint8Array?]> => {
    if (verb === "life") return [life];
    if (verb !== "read") return [{}];
    const { run, file, offset, limit, wait } = fields as Record<string, string> & Record<string, number>;
    if (run !== "r_1") throw new Error("unknown-run");
    await waitFor(file!, offset!, wait!);
    const bytes = files.get(file!) ?? new Uint8Array(0);
    return [{ size: bytes.length }, bytes.subarray(offset, offset! + limit!)];
  };

  const serve = (stream: Duplex, { cutAfter = Infinity, freezeAfter = Infinity, damageAt = -1 }: Fault) => {
    let sent = 0;
    const decoder = frameDecoder();
    const send = (bytes: Uint8Array) => {
      if (stream.destroyed) return;
      const passing = bytes.slice(0, Math.max(Math.min(cutAfter, freezeAfter) - sent, 0));
      if (damageAt >= sent && damageAt < sent + passing.length) passing[damageAt - sent]! ^= 0x10;
      sent += bytes.length;
      stream.write(passing);
      if (sent > cutAfter) stream.end();
    };
    const respond = async ({ header }: Message) => {
      requests.push(header);
      try {
        const [fields, bytes] = await answer(header);
        send(encodeFrame({ id: header.id, ok: true, ...fields }, bytes));
      } catch (error) {
        send(encodeFrame({ id: header.id, ok: false, code: (error as Error).message, message: "no such run" }));
      }
    };
    open.add(stream);
    stream.on("close", () => open.delete(stream));
    stream.on("error", () => undefined);
    stream.on("data", (bytes: Uint8Array) => decoder.push(bytes, (message) => void respond(message)));
    stream.on("end", () => stream.destroy());
    send(greetingOf("sha256:stand-in"));
  };

  return {
    files,
    requests,
    life,
    append,
    /** Connections that stand. */
    open,
    connect: async (fault: Fault = {}): Promise<Duplex> => {
      const [here, there] = duplexPair();
      serve(there, fault);
      return here;
    },
  };
};
