import { chmod, mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Damage, damager, type Pending, pendingOf } from "./damage.ts";
import { answerCutter, frameCutter } from "./frame-cutter.ts";
import { lane, type Weather } from "./lane.ts";

/** A port of this machine, or the path of a Unix socket. */
export type Address = { readonly port: number } | { readonly path: string };

export interface ProxyOptions {
  /** Where the server listens; asked anew for each connection, since a server that is started again may listen elsewhere. */
  readonly to: Address | (() => Address | Promise<Address>);
  /** What the proxy itself listens on. @defaultValue "tcp" */
  readonly over?: "tcp" | "unix" | undefined;
}

/**
 * Stands between a client and a server where a network would be, and behaves as badly as one. Bytes pass unchanged, in
 * order and under back-pressure, until it is told otherwise.
 */
export interface StreamProxy extends AsyncDisposable {
  readonly address: Address;
  /** How many connections are open now. */
  readonly connections: number;
  /** How many were accepted so far. */
  readonly accepted: number;
  /** How many bytes were harmed so far. */
  readonly harmed: number;
  /** A fresh connection through the proxy. @throws what the system says of a refused one */
  connect(): Promise<Socket>;
  /** Holds every piece back for so many milliseconds; 0 again for none. */
  delay(milliseconds: number): void;
  /** Lets so many bytes a second pass each way; undefined again for as many as go. */
  rate(bytesPerSecond: number | undefined): void;
  /** Writes at most so many bytes at once: frames arrive in pieces. Undefined again for any number. */
  chop(bytes: number | undefined): void;
  /** Ends every connection, whatever was still on its way, as a process that exits does. */
  cut(): void;
  /** Ends every connection with a reset (a Unix socket knows none: there it is as `cut`). */
  reset(): void;
  /** Nothing passes and nothing closes, old connections and new: a silent network. */
  freeze(): void;
  thaw(): void;
  /** Ends every connection and refuses new ones until `restore`. */
  outage(): Promise<void>;
  restore(): Promise<void>;
  /** Harms one byte of a file on its way to the client; undefined: no longer. */
  tamper(damage: Damage | undefined): void;
}

/** Starts a proxy on a loopback port, or on a socket in a folder of its own. */
export const startProxy = async ({ to, over = "tcp" }: ProxyOptions): Promise<StreamProxy> => {
  const folder = over === "unix" ? await mkdtemp(join(tmpdir(), "flaxen-proxy-")) : undefined;
  const weather: Weather = { delay: 0, rate: undefined, chop: undefined, frozen: undefined };
  const open = new Map<Socket, Socket | undefined>();
  let address: Address = folder === undefined ? { port: 0 } : { path: join(folder, "socket") };
  let server: Server | undefined;
  let harm: Pending | undefined;
  let accepted = 0;
  let harmed = 0;
  let thaw: () => void = () => undefined;

  const accept = async (client: Socket): Promise<void> => {
    accepted += 1;
    open.set(client, undefined);
    client.on("error", () => undefined).on("close", () => open.delete(client));
    while (weather.frozen && !client.destroyed) await weather.frozen;
    try {
      const target = typeof to === "function" ? await to() : to;
      if (!client.destroyed) bridge(client, connect({ ...target, allowHalfOpen: true, noDelay: true }));
    } catch {
      client.destroy();
    }
  };

  const bridge = (client: Socket, upstream: Socket) => {
    open.set(client, upstream);
    const { asked, answered } = damager(() => harm);
    const questions = frameCutter((frame) => {
      asked(frame);
      return frame;
    });
    const observe = (chunk: Buffer): Buffer => {
      questions.push(chunk);
      return chunk;
    };
    const answers = answerCutter((frame) => {
      const sent = answered(frame);
      if (sent !== frame) harmed += 1;
      return sent;
    });
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
    lane(client, upstream, weather, { change: observe, rest: () => Buffer.alloc(0) });
    lane(upstream, client, weather, { change: answers.push, rest: answers.rest });
  };

  const listen = async (): Promise<void> => {
    const fresh = createServer({ allowHalfOpen: true, noDelay: true }, (client) => void accept(client));
    await new Promise<void>((resolve, reject) => {
      fresh.once("error", reject).listen({ ...address, ...("port" in address ? { host: "127.0.0.1" } : {}) }, resolve);
    });
    if ("path" in address) await chmod(address.path, 0o600);
    const bound = fresh.address();
    if (typeof bound === "object" && bound) address = { port: bound.port };
    server = fresh;
  };

  const end = (how: (socket: Socket) => void) => {
    for (const [client, upstream] of [...open]) {
      how(client);
      upstream?.destroy();
    }
  };
  const cut = () => end((socket) => socket.destroy());

  const outage = async (): Promise<void> => {
    const listening = server;
    server = undefined;
    const closed = new Promise<void>((resolve) => (listening ? listening.close(() => resolve()) : resolve()));
    cut();
    await closed;
  };

  await listen();
  return {
    get address() {
      return address;
    },
    get connections() {
      return open.size;
    },
    get accepted() {
      return accepted;
    },
    get harmed() {
      return harmed;
    },
    connect: () =>
      new Promise((resolve, reject) => {
        const socket = connect("port" in address ? { ...address, host: "127.0.0.1" } : address);
        socket.once("error", reject).once("connect", () => resolve(socket.off("error", reject)));
      }),
    delay: (milliseconds) => {
      weather.delay = milliseconds;
    },
    rate: (bytesPerSecond) => {
      weather.rate = bytesPerSecond;
    },
    chop: (bytes) => {
      weather.chop = bytes;
    },
    cut,
    reset: () => end((socket) => ("port" in address ? socket.resetAndDestroy() : socket.destroy())),
    freeze: () => {
      weather.frozen ??= new Promise((resolve) => {
        thaw = resolve;
      });
    },
    thaw: () => {
      weather.frozen = undefined;
      thaw();
    },
    outage,
    restore: async () => {
      if (!server) await listen();
    },
    tamper: (damage) => {
      harm = damage && pendingOf(damage);
    },
    [Symbol.asyncDispose]: async () => {
      weather.frozen = undefined;
      thaw();
      await outage();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
