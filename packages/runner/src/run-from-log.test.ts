import { expect, test } from "vitest";
import { RunClosedError } from "./errors/ending-errors.ts";
import { InvalidCursorError } from "./errors/log-errors.ts";
import { RunLostError } from "./errors/run-lost-error.ts";
import { logOf, memoryLog } from "./log/testing.ts";
import { type RunSource, runFromLog } from "./run-from-log.ts";

const artifact = { type: "artifact", name: "weights.safetensors", sha256: "ab", bytes: 7 };

const source = ({ carrier }: ReturnType<typeof memoryLog>, requests: string[]): RunSource => ({
  id: "r_1",
  folder: "/runs/r_1",
  carrier,
  origins: { sourceMap: [], sites: {} },
  request: async (verb) => {
    requests.push(verb);
  },
  artifactPath: async (name) => `/runs/r_1/artifacts/${name}`,
});

const start = (more: Partial<RunSource> = {}) => {
  const log = memoryLog(4096);
  const requests: string[] = [];
  return { log, requests, run: runFromLog({ ...source(log, requests), ...more }) };
};

test("the result is read once, however often it is asked for, and not at all after a whole iteration", async () => {
  const { log, run } = start();
  log.append(logOf(artifact));
  for await (const event of run) expect(event.run).toBe("r_1");
  const { reads } = log.state;
  const [one, other] = await Promise.all([run.result(), run.result()]);
  expect(one).toBe(other);
  expect(log.state.reads).toBe(reads);
  expect(one.artifacts["weights.safetensors"]).toMatchObject({
    bytes: 7,
    path: "/runs/r_1/artifacts/weights.safetensors",
  });
});

test("cancelling asks once, waits for the real ending, and asks nothing of a run that has ended", async () => {
  const { log, requests, run } = start();
  const cancelling = run.cancel();
  log.append(logOf());
  expect(await cancelling).toBe("completed");
  expect(await run.cancel()).toBe("completed");
  expect(requests).toEqual(["cancel"]);
});

test("a signal asks for the end, once; after the end it asks nothing", async () => {
  const abort = new AbortController();
  const aborted = start({ signal: abort.signal });
  abort.abort();
  expect(aborted.requests).toEqual(["cancel"]);

  const late = new AbortController();
  const ended = start({ signal: late.signal });
  ended.log.append(logOf());
  await ended.run.result();
  late.abort();
  expect(ended.requests).toEqual([]);
});

test("a run may be read from a cursor; its result is whole all the same", async () => {
  const { log, run } = start();
  log.append(logOf(artifact, { type: "warning", code: "test", text: "b" }));
  const stream = run.events();
  await stream.next();
  const { cursor } = stream;
  await stream.return();
  const attached = runFromLog({ ...source(log, []), from: cursor });
  for (const events of [attached, run.events({ from: cursor }), attached.events()]) {
    const types: string[] = [];
    for await (const { type } of events) types.push(type);
    expect(types).toEqual(["warning", "run.ended"]);
  }
  expect((await attached.result()).artifacts["weights.safetensors"]).toMatchObject({ bytes: 7 });
  expect(await attached.cancel()).toBe("completed");
});

test("a cursor that no run gave out is refused at once", () => {
  expect(() => start({ from: "yesterday" })).toThrow(InvalidCursorError);
  expect(() => start().run.events({ from: "yesterday" })).toThrow(InvalidCursorError);
});

test("the connection is the carrier's, until the run is proven lost", async () => {
  expect(start().run.connection).toBe("live");
  const { log, run } = start({ connection: () => "lagging" });
  expect(run.connection).toBe("lagging");
  log.append(logOf(artifact).slice(0, 60));
  log.die("was killed");
  await expect(run.result()).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  expect(run.connection).toBe("lost");
  expect(await run.cancel()).toBe("lost");
});

test("disposing of a run gives back what it holds, once", async () => {
  let closed = 0;
  const { run } = start({
    close: async () => {
      closed += 1;
    },
  });
  await run[Symbol.asyncDispose]();
  await run[Symbol.asyncDispose]();
  expect(closed).toBe(1);
});

test("leaving the scope closes the streams and nothing else", async () => {
  const { log, requests, run } = start();
  log.append(logOf(artifact).slice(0, 60));
  const waiting = run[Symbol.asyncIterator]().next();
  const result = run.result();
  await run[Symbol.asyncDispose]();
  expect((await waiting).done).toBe(true);
  await expect(result).rejects.toSatisfy((error) => RunClosedError.isInstance(error));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(log.state.open).toBe(0);
  expect(requests).toEqual([]);
});
