import { expect, test } from "vitest";
import type { Runner } from "../runner.ts";
import { type Check, CheckTimeoutError, runCheck } from "./check.ts";
import { checks } from "./checks/index.ts";
import { ConformanceError } from "./conformance-error.ts";
import { mustReject } from "./must.ts";
import { testRunner } from "./test-runner.ts";

const runner: Runner = {
  specification: 1,
  name: "none",
  submit: async () => {
    throw new Error("it carries nothing");
  },
};
const disposed: string[] = [];
const create = async () => ({ runner, dispose: async () => void disposed.push("yes") });
const check = (run: Check["run"]): Check => ({ name: "a check", needs: [], run });

test("a check is given its own runner, which is cleared up however it ends", async () => {
  await runCheck(
    check(async (context) => expect(context.runner).toBe(runner)),
    { create },
  );
  await expect(
    runCheck(
      check(async () => Promise.reject(new Error("no"))),
      { create },
    ),
  ).rejects.toThrow("no");
  expect(disposed).toHaveLength(2);
});

test("a check that hangs is over in time, one that is stopped at once", async () => {
  const hanging = check(() => new Promise(() => undefined));
  await expect(runCheck(hanging, { create, seconds: 0.05 })).rejects.toSatisfy(
    (error) =>
      CheckTimeoutError.isInstance(error) &&
      error.message === '"a check" was not over within 0.05 s. No run was submitted.',
  );
  const stop = new AbortController();
  const stopped = runCheck(hanging, { create, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(stopped).rejects.toThrow("stopped");
});

test("a runner that carries nothing passes no check that submits", async () => {
  const submitting = checks.filter(({ needs, name }) => needs.length === 0 && name !== "cancel before it is submitted");
  for (const each of submitting) await expect(runCheck(each, { create }), each.name).rejects.toThrow();
  expect(submitting.length).toBeGreaterThan(20);
});

test("each check is registered once under the runner's name; what a runner cannot do is skipped and said", async () => {
  const registered: string[] = [];
  const skipped: string[] = [];
  const register = Object.assign((title: string) => registered.push(title), {
    skip: (title: string) => skipped.push(title),
  });
  await testRunner({ name: "mine", create, capabilities: ["attach"], test: register });
  expect(registered.length + skipped.length).toBe(checks.length);
  expect(registered).toContain("mine: attach to a run that is not there is a typed error");
  expect(skipped).toContain("mine: another process can cancel (needs elsewhere)");
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});

test("an error that is not the promised one is told with what was expected and found", async () => {
  const work = async () => Promise.reject(new TypeError("oh"));
  await expect(mustReject({ id: "r_1" }, work, ConformanceError)).rejects.toThrow(
    'Run r_1 does not conform: another error was thrown than the typed one. Expected "conformance", found "TypeError: oh".',
  );
});
