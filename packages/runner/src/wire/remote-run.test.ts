import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ArtifactDamagedError } from "../errors/artifact-errors.ts";
import { RunLostError } from "../errors/run-lost-error.ts";
import type { Event } from "../events.ts";
import { attemptOf, lastAttemptOf, logOf } from "../log/testing.ts";
import { runFromLog } from "../run-from-log.ts";
import { reconnecting } from "./reconnecting.ts";
import { remoteRun } from "./remote-run.ts";
import { type Fault, standIn } from "./testing.ts";

const steps = (first: number, ...loss: number[]) => ({ type: "steps", first, count: loss.length, metrics: { loss } });
const log = "attempt-1/events.jsonl";

const start = (fault: (connection: number) => Fault = () => ({}), downloads?: string) => {
  const server = standIn();
  let connections = 0;
  const connection = reconnecting({ connect: () => server.connect(fault(connections++)), interval: 50 });
  const source = remoteRun(connection, {
    id: "r_1",
    folder: "/runs/r_1",
    origins: { sourceMap: [], sites: {} },
    downloads,
  });
  return { server, connection, run: runFromLog(source), connections: () => connections };
};

/** As `expect.poll`, with the patience that a busy machine needs. */
const poll = (what: () => unknown) => expect.poll(what, { interval: 5, timeout: 20_000 });

const collect = async (events: AsyncIterable<Event>) => {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const temporary = () => mkdtemp(join(tmpdir(), "flaxen-remote-"));

test("however often the connection is cut, frozen or damaged, each event comes once, in order", async () => {
  const events = Array.from({ length: 40_000 }, (_, i) => steps(i, i / 7));
  let faults = 0;
  const fault = (connection: number): Fault => {
    faults = connection;
    const at = 150_000 + ((connection * 7_919_317) % 600_000);
    return connection > 20 ? {} : ([{ cutAfter: at }, { damageAt: at }, { freezeAfter: at }] as const)[connection % 3]!;
  };
  const { server, connection, run, connections } = start(fault);
  server.append(log, logOf(...events));
  const came = await collect(run);
  expect(came).toHaveLength(events.length + 1);
  expect(came.every(({ seq }, index) => seq === index)).toBe(true);
  expect(came.at(-2)).toMatchObject({ type: "step", metrics: { loss: (events.length - 1) / 7 } });
  expect(connections()).toBeGreaterThan(8);
  expect(faults).toBe(connections() - 1);
  connection.close();
});

test("events come when they are written, and a run goes on in its next attempt", async () => {
  const { server, connection, run } = start();
  const reading = collect(run);
  server.append(log, attemptOf(1, steps(0, 3), { type: "attempt.ended", exit: null, signal: "SIGSEGV", retry: true }));
  await poll(() => server.requests.some(({ file }) => file === "attempt-2/events.jsonl")).toBe(true);
  server.append("attempt-2/events.jsonl", lastAttemptOf(2, steps(0, 4)));
  expect((await reading).map(({ attempt, seq, type }) => `${attempt}:${seq}:${type}`)).toEqual([
    "1:0:step",
    "1:1:attempt.ended",
    "2:0:step",
    "2:1:run.ended",
  ]);
  connection.close();
});

test("a run whose supervisor is proven dead is lost, in the supervisor's words", async () => {
  const { server, connection, run } = start();
  server.append(log, attemptOf(1, steps(0, 3)));
  Object.assign(server.life, { alive: false, cause: "was killed" });
  const stream = run.events();
  expect((await stream.next()).value).toMatchObject({ type: "step" });
  await expect(stream.next()).rejects.toSatisfy(
    (error) => RunLostError.isInstance(error) && error.message.includes("the supervisor was killed"),
  );
  expect(run.connection).toBe("lost");
  connection.close();
});

test("the proof of death comes through although no connection lives as long as an answer is held", async () => {
  const { server, connection, run } = start();
  server.append(log, attemptOf(1, steps(0, 3)));
  Object.assign(server.life, { alive: false, cause: "was killed" });
  const stream = run.events();
  await stream.next();
  const breaking = setInterval(() => {
    for (const open of server.open) open.destroy();
  }, 700);
  try {
    await expect(stream.next()).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  } finally {
    clearInterval(breaking);
    connection.close();
  }
});

test("while there is no way to it a run is unreachable, and its iterator waits", async () => {
  const { server, connection, run } = start((count) => (count === 1 ? { freezeAfter: 0 } : {}));
  server.append(log, attemptOf(1, steps(0, 3)));
  const stream = run.events();
  await stream.next();
  expect(run.connection).toBe("live");
  const next = stream.next();
  await poll(() => server.requests.some(({ wait }) => wait === 2)).toBe(true);
  for (const open of server.open) open.destroy();
  await poll(() => run.connection).toBe("unreachable");
  await poll(() => run.connection).toBe("live");
  server.files.delete(log);
  server.append(log, logOf(steps(0, 3), steps(1, 2)));
  expect((await next).value).toMatchObject({ step: 1 });
  connection.close();
});

test("abandoned iterators leave nothing behind, a frozen connection or not", async () => {
  const { server, connection, run } = start((count) => (count === 0 ? {} : { freezeAfter: 0 }));
  server.append(log, attemptOf(1, steps(0, 3)));
  const streams = Array.from({ length: 20 }, () => run.events());
  await Promise.all(streams.map((stream) => stream.next()));
  const waiting = streams.map((stream) => stream.next());
  for (const open of server.open) open.destroy();
  await poll(() => connection.state).toBe("unreachable");
  await Promise.all(streams.map((stream) => stream.return()));
  expect((await Promise.all(waiting)).every(({ done }) => done)).toBe(true);
  const { length } = server.requests;
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(server.requests).toHaveLength(length);
  connection.close();
  await poll(() => server.open.size).toBe(0);
});

test("a consumer that sleeps is not read ahead of by more than a mebibyte", async () => {
  const { server, connection, run } = start();
  server.append(log, logOf(...Array.from({ length: 60_000 }, (_, i) => steps(i, i))));
  const stream = run.events();
  await stream.next();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const offsets = server.requests.filter(({ verb }) => verb === "read").map(({ offset }) => Number(offset));
  expect(server.files.get(log)!.length).toBeGreaterThan(4 * 1024 * 1024);
  expect(Math.max(...offsets)).toBeLessThan(1024 * 1024);
  await stream.return();
  connection.close();
});

test("a request goes into the run's inbox under one id, however often it is asked", async () => {
  const { server, connection, run } = start((count) => (count === 0 ? { cutAfter: 40 } : {}));
  const cancelling = run.cancel();
  server.append(log, logOf());
  expect(await cancelling).toBe("completed");
  const asked = server.requests.filter(({ verb }) => verb === "control");
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(asked.map(({ request }) => JSON.stringify(request))).size).toBe(1);
  connection.close();
});

const weights = new Uint8Array(3_000_000).map((_, index) => index % 251);
const sha256 = createHash("sha256").update(weights).digest("hex");
const artifact = { type: "artifact", name: "weights.safetensors", sha256, bytes: weights.length };

test("an artifact is brought here whole, over a connection that breaks, and gone on with where it was left", async () => {
  const downloads = await temporary();
  const path = join(downloads, sha256, "weights.safetensors");
  await mkdir(dirname(path));
  await writeFile(`${path}.part`, weights.subarray(0, 1_234_567));
  const { server, connection, run } = start((count) => (count < 3 ? { cutAfter: 500_000 + count } : {}), downloads);
  server.append("artifacts/weights.safetensors", weights);
  server.append(log, logOf(artifact));
  const result = await run.result();
  expect(result.artifacts["weights.safetensors"]?.path).toBe(path);
  expect((await readFile(path)).equals(weights)).toBe(true);
  const offsets = server.requests.filter(({ file }) => file === "artifacts/weights.safetensors");
  expect(offsets[0]).toMatchObject({ offset: 1_234_567 });
  connection.close();
});

test("a half that was wrong is thrown away; bytes that are not what the run announced are an error", async () => {
  const downloads = await temporary();
  const path = join(downloads, sha256, "weights.safetensors");
  await mkdir(dirname(path));
  await writeFile(`${path}.part`, new Uint8Array(1_000));
  const healing = start(undefined, downloads);
  healing.server.append("artifacts/weights.safetensors", weights);
  healing.server.append(log, logOf(artifact));
  await healing.run.result();
  expect((await readFile(path)).equals(weights)).toBe(true);
  healing.connection.close();

  const damaged = start();
  damaged.server.append("artifacts/weights.safetensors", weights.toReversed());
  damaged.server.append(log, logOf(artifact));
  await expect(damaged.run.result()).rejects.toSatisfy((error) => ArtifactDamagedError.isInstance(error));
  damaged.connection.close();
});
