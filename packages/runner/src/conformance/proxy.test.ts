import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { encodeFrame, frameDecoder, type Message } from "../wire/frames.ts";
import { greetingOf } from "../wire/greeting.ts";
import { type Address, type StreamProxy, startProxy } from "./proxy.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const serve = async (serveOne: (socket: Socket) => void, over: "tcp" | "unix" = "tcp"): Promise<Address> => {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) =>
    serveOne(socket.on("error", () => undefined)),
  );
  const folder = await mkdtemp(join(tmpdir(), "flaxen-proxy-test-"));
  const address = over === "tcp" ? { port: 0, host: "127.0.0.1" } : { path: join(folder, "socket") };
  await new Promise<void>((resolve) => server.listen(address, resolve));
  closing.push(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const bound = server.address();
  return typeof bound === "string" || !bound ? { path: join(folder, "socket") } : { port: bound.port };
};

const proxied = async (to: Address, over: "tcp" | "unix" = "tcp"): Promise<StreamProxy> => {
  const proxy = await startProxy({ to, over });
  closing.push(async () => proxy[Symbol.asyncDispose]());
  return proxy;
};

const echo = (socket: Socket) => void socket.pipe(socket);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 12 });
/** Streams of the protocol, and of any other. */
const streams = fc.oneof(
  chunks,
  chunks.map((contents) => [
    greetingOf("sha256:0"),
    ...contents.map((bytes, id) => encodeFrame({ id, ok: true }, bytes)),
  ]),
  chunks.map((contents) => [greetingOf("sha256:0"), ...contents]),
);

test.each(["tcp", "unix"] as const)(
  "over %s, bytes pass unchanged however they are cut and held back",
  async (over) => {
    const proxy = await proxied(await serve(echo, over), over);
    const weather = {
      chop: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
      delay: fc.integer({ min: 0, max: 5 }),
    };
    await fc.assert(
      fc.asyncProperty(streams, fc.record(weather), async (parts, { chop, delay }) => {
        proxy.chop(chop);
        proxy.delay(delay);
        const socket = await proxy.connect();
        const back = buffer(socket);
        for (const part of parts) {
          socket.write(part);
          if (part.length % 2 === 0) await pause(0);
        }
        socket.end();
        expect(Buffer.compare(await back, Buffer.concat(parts))).toBe(0);
      }),
      { numRuns: 60 },
    );
    await pause(20);
    expect(proxy.connections).toBe(0);
  },
);

test("a receiver that does not read holds the sender back", async () => {
  const sizes: number[] = [];
  const flood = async (socket: Socket) => {
    for (let mebibyte = 0; mebibyte < 64 && !socket.destroyed; mebibyte++) {
      if (!socket.write(Buffer.alloc(1024 * 1024))) await once(socket, "drain").catch(() => undefined);
      sizes.push(mebibyte);
    }
  };
  const proxy = await proxied(await serve((socket) => void flood(socket)));
  const socket = await proxy.connect();
  socket.pause();
  await pause(500);
  expect(sizes.length).toBeLessThan(32);
  socket.destroy();
});

test("a frozen way passes nothing and closes nothing, a thawed one goes on", async () => {
  const proxy = await proxied(await serve(echo));
  const socket = await proxy.connect();
  const heard: string[] = [];
  socket.setEncoding("utf8").on("data", (text: string) => heard.push(text));
  proxy.freeze();
  socket.write("one");
  const late = await proxy.connect();
  await pause(60);
  expect(heard).toEqual([]);
  expect([socket.readyState, late.readyState]).toEqual(["open", "open"]);
  proxy.thaw();
  await expect.poll(() => heard.join("")).toBe("one");
  late.end("two");
  expect((await buffer(late)).toString()).toBe("two");
  socket.destroy();
});

test("cut ends connections, reset breaks them, an outage refuses new ones until it is over", async () => {
  const proxy = await proxied(await serve(echo));
  const cut = await proxy.connect();
  await expect.poll(() => proxy.connections).toBe(1);
  proxy.cut();
  expect((await buffer(cut)).length).toBe(0);
  const broken = await proxy.connect();
  const [error] = await Promise.all([once(broken, "error"), pause(50).then(() => proxy.reset())]);
  expect(error).toMatchObject([{ code: "ECONNRESET" }]);
  await proxy.outage();
  await expect(proxy.connect()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await proxy.restore();
  const again = await proxy.connect();
  again.end("back");
  expect((await buffer(again)).toString()).toBe("back");
});

test("a rate holds bytes back", async () => {
  const proxy = await proxied(await serve(echo));
  proxy.rate(20_000);
  const socket = await proxy.connect();
  const began = performance.now();
  socket.end(Buffer.alloc(4_000));
  expect((await buffer(socket)).length).toBe(4_000);
  expect(performance.now() - began).toBeGreaterThan(180);
});

const content = Buffer.from("0123455678");
/** Answers every read with the rest of a file of ten bytes. */
const library = (socket: Socket) => {
  socket.write(greetingOf("sha256:0"));
  const decoder = frameDecoder();
  const answer = ({ header }: Message) =>
    socket.write(encodeFrame({ id: header.id, ok: true }, content.subarray(Number(header.offset))));
  socket.on("data", (bytes) => decoder.push(bytes, answer));
};

const readThrough = async (proxy: StreamProxy, offset: number): Promise<string> => {
  const socket = await proxy.connect();
  socket.write(encodeFrame({ id: 1, verb: "read", run: "r", file: "attempt-1/events.jsonl", offset, limit: 100 }));
  const decoder = frameDecoder();
  const skip = greetingOf("sha256:0").length;
  let seen = Buffer.alloc(0);
  let text: string | undefined;
  try {
    for await (const bytes of socket) {
      const before = Math.max(seen.length, skip);
      seen = Buffer.concat([seen, bytes]);
      decoder.push(seen.subarray(before), (message) => {
        text = Buffer.from(message.bytes).toString();
      });
      if (text !== undefined) return text;
    }
  } finally {
    socket.destroy();
  }
  throw new Error("the connection ended first");
};

test.each([
  ["drop", 3, "012455678"],
  ["double", 3, "01233455678"],
  ["swap", 3, "0124355678"],
  ["swap", 5, "0123456578"],
] as const)("%s of byte %i, resealed, reaches every client that reads it and no other", async (how, at, harmed) => {
  const proxy = await proxied(await serve(library));
  proxy.tamper({ how, at, reseal: true });
  expect(await readThrough(proxy, 0)).toBe(harmed);
  expect(await readThrough(proxy, 2)).toBe(harmed.slice(2));
  expect(await readThrough(proxy, 7)).toBe("678");
  proxy.tamper(undefined);
  expect(await readThrough(proxy, 0)).toBe(content.toString());
});

test.each(["double", "swap"] as const)("%s without a new seal shows once, and then no more", async (how) => {
  const proxy = await proxied(await serve(library));
  proxy.tamper({ how, at: 3 });
  await expect(readThrough(proxy, 0)).rejects.toThrow("A frame was damaged on its way.");
  expect(await readThrough(proxy, 0)).toBe(content.toString());
});
