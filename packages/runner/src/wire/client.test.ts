import { expect, test } from "vitest";
import { ProtocolError } from "../errors/wire-errors.ts";
import { ConnectionLost, wireClient } from "./client.ts";
import { standIn } from "./testing.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const readings = { run: "r_1", file: "job.json", offset: 0, limit: 100, wait: 0 };

test("answers find who asked, in any order", async () => {
  const server = standIn();
  const client = wireClient(await server.connect());
  expect(await client.greeted).toBe("sha256:stand-in");
  const later = client.request("read", { ...readings, wait: 5 });
  const now = await client.request("read", { ...readings, file: "status.json" });
  expect(now.header).toMatchObject({ ok: true, size: 0 });
  server.append("job.json", "{}");
  expect(new TextDecoder().decode((await later).bytes)).toBe("{}");
  client.close();
});

test("a refusal carries the supervisor's own code", async () => {
  const client = wireClient(await standIn().connect());
  await expect(client.request("read", { ...readings, run: "r_2" })).rejects.toSatisfy(
    (error) => ProtocolError.isInstance(error) && error.refusal === "unknown-run" && error.message === "no such run",
  );
  client.close();
});

test("who gives up waiting leaves the connection as it was", async () => {
  const server = standIn();
  const client = wireClient(await server.connect());
  const abort = new AbortController();
  const given = client.request("read", { ...readings, wait: 5 }, abort.signal);
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  server.append("job.json", "{}");
  expect((await client.request("ping")).header.ok).toBe(true);
  client.close();
});

test("a connection that is cut or closed rejects what waits, and what comes after", async () => {
  for (const how of ["cut", "closed"]) {
    const server = standIn();
    let reason: Error | undefined;
    const client = wireClient(await server.connect(), {
      onClose: (why) => {
        reason = why;
      },
    });
    await client.greeted;
    const waiting = client.request("read", { ...readings, wait: 5 });
    if (how === "cut") for (const stream of server.open) stream.destroy();
    else client.close();
    await expect(waiting).rejects.toBe(await waiting.catch((error) => error));
    expect(reason).toBeInstanceOf(ConnectionLost);
    await expect(client.request("ping")).rejects.toBeInstanceOf(ConnectionLost);
    server.append("job.json", "{}");
  }
});

test("silence is noticed after one interval, broken by a ping; after three the connection is dead", async () => {
  const server = standIn();
  const silences: boolean[] = [];
  const options = { interval: 40, onSilence: (silent: boolean) => void silences.push(silent) };
  const alive = wireClient(await server.connect(), options);
  await alive.greeted;
  await pause(200);
  expect(silences.slice(0, 4)).toEqual([true, false, true, false]);
  expect((await alive.request("ping")).header.ok).toBe(true);
  alive.close();

  const frozen = wireClient(await server.connect({ freezeAfter: 26 }), { interval: 40 });
  const began = performance.now();
  await expect(frozen.request("ping")).rejects.toThrow("nothing was heard for 0.12 s");
  expect(performance.now() - began).toBeGreaterThan(100);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test("what is asked keeps the process alive, a connection that stands idle does not", async () => {
  const server = standIn();
  const holds: string[] = [];
  const stream = Object.assign(await server.connect(), {
    ref: () => void holds.push("ref"),
    unref: () => void holds.push("unref"),
  });
  const client = wireClient(stream);
  await client.greeted;
  expect(holds).toEqual(["unref"]);
  const abort = new AbortController();
  const first = client.request("read", { ...readings, wait: 5 });
  const second = client.request("read", { ...readings, wait: 5 }, abort.signal);
  abort.abort(new Error("enough"));
  await expect(second).rejects.toThrow("enough");
  expect(holds.at(-1)).toBe("ref");
  server.append("job.json", "{}");
  await first;
  await expect.poll(() => holds.at(-1)).toBe("unref");
  client.close();
});
