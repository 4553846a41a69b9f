import { expect, test } from "vitest";
import { RunClosedError } from "./errors/ending-errors.ts";
import { logOf, memoryLog } from "./log/testing.ts";
import { type RunSource, runFromLog } from "./run-from-log.ts";

const artifact = { type: "artifact", name: "weights.safetensors", sha256: "ab", bytes: 7 };

const start = (more: Partial<RunSource> = {}) => {
  const log = memoryLog(4096);
  const requests: string[] = [];
  const run = runFromLog({
    id: "r_1",
    folder: "/runs/r_1",
    carrier: log.carrier,
    origins: { sourceMap: [], sites: {} },
    request: async (verb) => {
      requests.push(verb);
    },
    artifactPath: async (name) => `/runs/r_1/artifacts/${name}`,
    ...more,
  });
  return { log, requests, run };
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
