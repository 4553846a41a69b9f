import { readdirSync, readFileSync } from "node:fs";
import { RunTimedOutError } from "@flaxen/runner";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { collect, jobOf, plainRunner } from "./testing/programs.ts";

beforeEach(() => void vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2"));
afterEach(() => void vi.unstubAllEnvs());

const printed = async (run: Parameters<typeof collect>[0]): Promise<string> =>
  (await collect(run)).flatMap((event) => (event.type === "log" ? [event.text] : [])).join("\n");

test.each([false, true])("the variables that JAX listens to are the submitter's own (detach: %s)", async (detach) => {
  const { runner } = await plainRunner();
  const job = jobOf('print([os.environ.get(name) for name in ("JAX_ONE", "XLA_TWO", "OTHER")])\nresult()');
  vi.stubEnv("JAX_ONE", "1");
  vi.stubEnv("XLA_TWO", "2");
  vi.stubEnv("OTHER", "3");
  expect(await printed(await runner.submit(job, { detach }))).toContain("['1', '2', '3']");
  vi.stubEnv("JAX_ONE", "one");
  if (detach) vi.stubEnv("XLA_TWO", undefined);
  const second = await printed(await runner.submit(job, { detach }));
  expect(second).toContain(detach ? "['one', None, '3']" : "['one', '2', '3']");
});

test("the kind of device that was asked for reaches the worker", async () => {
  const { runner } = await plainRunner({ device: "cpu" });
  const job = jobOf('print("device", os.environ.get("FLAXEN_DEVICE"))\nresult()');
  expect(await printed(await runner.submit(job))).toContain("device cpu");
});

test("a run that takes longer than it may is ended", async () => {
  const { runner } = await plainRunner();
  const run = await runner.submit(jobOf("steps(0, 1.0)\ntime.sleep(60)"), { maxSeconds: 1 });
  await expect(run.result()).rejects.toSatisfy((error) => RunTimedOutError.isInstance(error));
});

test("a worker that a signal ended is started again, as often as was allowed", async () => {
  const { runner } = await plainRunner();
  const job = jobOf(`
if os.path.isdir(os.path.join(os.environ["FLAXEN_RUN"], "attempt-2")):
    result(step=9)
else:
    steps(0, 1.0)
    os.kill(os.getpid(), signal.SIGKILL)`);
  const run = await runner.submit(job, { retries: 1 });
  expect((await run.result()).steps).toBe(9);
  const events = await collect(run);
  expect(events.flatMap((event) => (event.type === "attempt.ended" ? [[event.attempt, event.retry]] : []))).toEqual([
    [1, true],
    [2, false],
  ]);
  expect((await runner.runs())[0]).toMatchObject({ attempt: 2, state: "ended", reason: "completed" });
  const never = await runner.submit(jobOf("os.kill(os.getpid(), signal.SIGKILL)"));
  await expect(never.result()).rejects.toMatchObject({ code: "run-failed" });
});

/** Pids of the processes below this one whose command line ends so. */
const below = (ending: string): readonly number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").split(")").at(-1)!.split(" ")[2]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => pid === process.pid || (parents.has(pid) && isBelow(parents.get(pid)!));
  return [...parents.keys()].filter((pid) => {
    try {
      return isBelow(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(ending);
    } catch {
      return false;
    }
  });
};

test.runIf(process.platform === "linux")("prepare() has a worker wait for the first run", async () => {
  const { runner } = await plainRunner({ warm: true });
  expect(below("--spare")).toEqual([]);
  await runner.prepare();
  const [spare, ...others] = below("--spare");
  expect(others).toEqual([]);
  const run = await runner.submit(jobOf('print("pid", os.getpid())\nresult()'));
  expect(await printed(run)).toContain(`pid ${spare}`);
});
