import { expect, test } from "vitest";
import { ProtocolError, TransportError, UnknownProtocolError } from "../errors/wire-errors.ts";
import { reconnecting } from "./reconnecting.ts";
import { type Fault, standIn } from "./testing.ts";

const readings = { run: "r_1", file: "job.json", offset: 0, limit: 100, wait: 10 };
/** As `expect.poll`, with the patience that a busy machine needs. */
const poll = (what: () => unknown) => expect.poll(what, { interval: 5, timeout: 20_000 });

test("what waits when a connection breaks is asked again over the next one", async () => {
  const server = standIn();
  const states: string[] = [];
  const connection = reconnecting({ connect: () => server.connect(), onState: (state) => states.push(state) });
  const waiting = connection.request("read", readings);
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const stream of server.open) stream.destroy();
  await poll(() => server.requests.length).toBe(2);
  server.append("job.json", "{}");
  expect((await waiting).header.size).toBe(2);
  expect(states).toEqual(["unreachable", "live"]);
  connection.close();
  await poll(() => server.open.size).toBe(0);
});

test("it tries for as long as somebody asks, with pauses that grow, and not when nobody does", async () => {
  const attempts: number[] = [];
  const connection = reconnecting({
    connect: async () => {
      attempts.push(performance.now());
      throw new Error("refused");
    },
  });
  const abort = new AbortController();
  const waiting = connection.request("ping", {}, abort.signal);
  await poll(() => attempts.length).toBe(4);
  expect(connection.state).toBe("unreachable");
  const [first, second, third] = attempts.slice(1).map((time, index) => time - attempts[index]!);
  expect(first).toBeGreaterThan(90);
  expect(second).toBeGreaterThan(190);
  expect(third).toBeGreaterThan(390);
  abort.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  const { length } = attempts;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(attempts).toHaveLength(length);
  connection.close();
});

test("a refusal is an answer, not a fault of the connection", async () => {
  const server = standIn();
  const connection = reconnecting({ connect: () => server.connect() });
  await expect(connection.request("read", { ...readings, run: "r_2" })).rejects.toSatisfy(
    (error) => ProtocolError.isInstance(error) && error.refusal === "unknown-run",
  );
  expect(server.requests).toHaveLength(1);
  connection.close();
});

test("what cannot be sent is refused here, and not tried again", async () => {
  const server = standIn();
  const connection = reconnecting({ connect: () => server.connect() });
  await expect(connection.request("ping", { number: 1n })).rejects.toThrow(TypeError);
  await expect(connection.request("ping", { text: "x".repeat(2 * 1024 * 1024) })).rejects.toThrow("too long");
  expect((await connection.request("ping")).header.ok).toBe(true);
  connection.close();
});

test("where it can never work, it says so at once", async () => {
  let tried = 0;
  const connection = reconnecting({
    connect: async () => {
      tried += 1;
      throw new TransportError("gpu1", "its host key has changed.");
    },
  });
  await expect(connection.request("ping")).rejects.toThrow("The way to gpu1 is closed for good: its host key");
  expect(tried).toBe(1);
});

test("a greeting of another generation is believed the second time, one that was only damaged never", async () => {
  const server = standIn();
  const faults: Fault[] = [{ damageAt: 8 }, {}];
  const healing = reconnecting({ connect: () => server.connect(faults.shift()) });
  expect((await healing.request("ping")).header.ok).toBe(true);
  healing.close();

  const other = reconnecting({ connect: () => server.connect({ damageAt: 8 }) });
  await expect(other.request("ping")).rejects.toSatisfy((error) => UnknownProtocolError.isInstance(error));
});

test("a connection that is never made does not hold it up", async () => {
  const server = standIn();
  let tried = 0;
  const connection = reconnecting({
    connect: () => (++tried === 1 ? new Promise(() => undefined) : server.connect()),
    interval: 30,
  });
  expect((await connection.request("ping")).header.ok).toBe(true);
  expect(tried).toBe(2);
  connection.close();
});

test("closed, or with nobody asking any more, it does not wait for a connection that is never made", async () => {
  const signals: AbortSignal[] = [];
  const never = (signal: AbortSignal): Promise<never> => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  const left = reconnecting({ connect: never });
  const leaving = new AbortController();
  const waiting = left.request("ping", {}, leaving.signal);
  await poll(() => signals.length).toBe(1);
  leaving.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await poll(() => signals[0]!.aborted).toBe(true);

  const closed = reconnecting({ connect: never });
  const asked = closed.request("ping");
  await poll(() => signals.length).toBe(2);
  closed.close();
  await expect(asked).rejects.toSatisfy((error) => TransportError.isInstance(error));
  expect(signals[1]!.aborted).toBe(true);
});

test("a connection that falls silent is lagging, then unreachable, and what was asked is answered by the next one", async () => {
  const server = standIn();
  const faults: Fault[] = [{ freezeAfter: 26 }, {}];
  const states: string[] = [];
  const connection = reconnecting({
    connect: () => server.connect(faults.shift()),
    interval: 60,
    onState: (state) => states.push(state),
  });
  expect((await connection.request("life", { run: "r_1" })).header.alive).toBe(true);
  expect(states).toEqual(["lagging", "unreachable", "live"]);
  connection.close();
  expect(connection.state).toBe("unreachable");
});

test("closed here, it rejects what waits", async () => {
  const server = standIn();
  const connection = reconnecting({ connect: () => server.connect() });
  const waiting = connection.request("read", readings);
  await poll(() => server.requests.length).toBe(1);
  connection.close();
  await expect(waiting).rejects.toSatisfy((error) => TransportError.isInstance(error));
  await expect(connection.request("ping")).rejects.toSatisfy((error) => TransportError.isInstance(error));
  server.append("job.json", "{}");
});
