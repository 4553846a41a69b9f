import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { RunCancelledError } from "@flaxen/runner";

import { fault } from "@flaxen/runner/conformance/fault";

import { beforeAll, expect } from "vitest";
import { allGone, collect, jobOf, plainRunner, until } from "../testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const cancelled = (error: unknown) => RunCancelledError.isInstance(error);

fault(25, "file")("cancelled before it starts", async () => {
  await expect(plain.runner.submit(jobOf("result()"), { signal: AbortSignal.abort() })).rejects.toSatisfy(cancelled);
});

fault(25, "file")("cancelled at once after the submission", async () => {
  const abort = new AbortController();
  const run = await plain.runner.submit(jobOf("time.sleep(60)\nresult()"), { signal: abort.signal });
  abort.abort();
  await expect(run.result()).rejects.toSatisfy(cancelled);
});

fault(25, "file")("the reason that the signal was given is the error's cause, before and after the start", async () => {
  const why = new Error("the budget is spent");
  const early = plain.runner.submit(jobOf("result()"), { signal: AbortSignal.abort(why) });
  await expect(early).rejects.toMatchObject({ code: "run-cancelled", cause: why });
  const abort = new AbortController();
  const run = await plain.runner.submit(jobOf("time.sleep(60)"), { signal: abort.signal });
  abort.abort(why);
  await expect(run.result()).rejects.toMatchObject({ code: "run-cancelled", cause: why });
  const asked = await plain.runner.submit(jobOf("time.sleep(60)"), { signal: new AbortController().signal });
  await asked.cancel();
  await expect(asked.result()).rejects.toSatisfy((error) => !Object.hasOwn(error as object, "cause"));
});

fault(25, "file")("cancelled while the environment is being built, which leaves nothing behind", async () => {
  const { home, runner } = await plainRunner({ environment: undefined });
  const run = await runner.submit(jobOf("result()"));
  await until(run, ({ type }) => type === "env.progress");
  expect(await run.cancel()).toBe("cancelled");
  const left = await readdir(join(home, "environments"));
  expect(left.filter((name) => !name.endsWith(".lock"))).toEqual([]);
});

fault(25, "file")("cancelled while it prepares, before the program listens", async () => {
  const run = await plain.runner.submit(silent());
  await until(run, ({ type }) => type === "run.started");
  const started = performance.now();
  expect(await run.cancel()).toBe("cancelled");
  expect(performance.now() - started).toBeLessThan(1500);
});
const silent = () => {
  const job = jobOf("");
  const files = { "flaxen/__init__.py": "", "flaxen/worker.py": "import time\ntime.sleep(60)" };
  return { ...job, program: { ...job.program, files } };
};

fault(24, "file")("cancelled while it trains: a program that listens ends well, with what it has", async () => {
  const run = await plain.runner.submit(jobOf('steps(0, 1.0)\nasked.wait()\nresult("cancelled", step=1)'));
  await until(run, ({ type }) => type === "step");
  expect(await run.cancel()).toBe("cancelled");
  expect((await collect(run)).at(-1)).toMatchObject({ type: "run.ended", reason: "cancelled", step: 1 });
  expect(await run.cancel()).toBe("cancelled");
});

fault(26, "file")("a program that ignores SIGTERM and the request is killed, its children with it", async () => {
  const python = `
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
orphan = subprocess.run([sys.executable, "-c", '''
import os, sys, time
if os.fork():
    os._exit(0)
os.setsid()
print(os.getpid(), flush=True)
if os.fork() == 0:
    os.close(1)
time.sleep(60)
'''], stdout=open("orphan", "w"))
time.sleep(0.2)
print("pids", os.getpid(), child.pid, open("orphan").read().strip(), flush=True)
steps(0, 1.0)
time.sleep(60)`;
  const run = await plain.runner.submit(jobOf(python));
  const told = await until(run, (event) => event.type === "log" && event.text.startsWith("pids"));
  const pids = told.type === "log" ? told.text.split(" ").slice(1).map(Number) : [];
  expect(pids).toHaveLength(3);
  await until(run, ({ type }) => type === "step");
  const started = performance.now();
  expect(await run.cancel()).toBe("cancelled");
  expect(performance.now() - started).toBeLessThan(3500);
  expect(await allGone(pids, 500)).toBe(true);
});

fault(24, "file")("in a race with the end, the run keeps its own ending", async () => {
  const run = await plain.runner.submit(jobOf("steps(0, 1.0)\nasked.wait()\nresult(step=1)"));
  await until(run, ({ type }) => type === "step");
  expect(await run.cancel()).toBe("completed");
  expect((await run.result()).steps).toBe(1);
});

fault(24, "file")("when it has ended already, that stays its ending", async () => {
  const run = await plain.runner.submit(jobOf("result()"));
  await run.result();
  expect(await run.cancel()).toBe("completed");
});

fault(24, "file")(
  "cancelled at any moment around its end, a run has one ending, and that is what cancel() says",
  async () => {
    const program = jobOf("for i in range(5):\n    steps(i, 1.0)\n    time.sleep(0.002)\nresult(step=5)");
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, async (_, place) => {
        const run = await plain.runner.submit(program);
        await until(run, ({ type }) => type === "step");
        await new Promise((resolve) => setTimeout(resolve, place * 4));
        const told = await Promise.all([run.cancel(), run.cancel()]);
        const ends = (await collect(run)).flatMap((event) => (event.type === "run.ended" ? [event.reason] : []));
        return { told, ends };
      }),
    );
    for (const { told, ends } of outcomes) {
      expect(ends).toHaveLength(1);
      expect(told).toEqual([ends[0], ends[0]]);
      expect(["completed", "cancelled"]).toContain(ends[0]);
    }
  },
);
