import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OutOfMemoryError, RunFailedError, RunLostError } from "@flaxen/runner";
import { beforeAll, expect, test } from "vitest";
import { collect, jobOf, plainRunner, until } from "./testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const failure = (fields: string) =>
  `emit("_failure", failure=({"code": "exception", "type": "ValueError", "message": "no", "traceback": "Traceback…", "frames": [], "data": {}} | ${fields}))
sys.exit(1)`;

const errorOf = async (python: string): Promise<unknown> => {
  const run = await plain.runner.submit(jobOf(python));
  return run.result().then(
    () => undefined,
    (error: unknown) => error,
  );
};

test("an exception arrives with the node and the user's line of TypeScript", async () => {
  const site = { file: "/home/ada/net.ts", line: 7, column: 3 };
  const range = { file: "model.py", line: 9, column: 8, endLine: 9, endColumn: 30, node: "dense1" };
  const frame = `{"file": "model.py", "line": 9, "column": 12, "endLine": 9, "endColumn": 20, "function": "__call__"}`;
  const job = jobOf(failure(`{"frames": [${frame}]}`), { sites: { dense1: site } });
  const run = await plain.runner.submit({ ...job, program: { ...job.program, sourceMap: [range] } });
  const error = await run.result().catch((thrown: unknown) => thrown);
  expect(RunFailedError.isInstance(error) && error).toMatchObject({ node: "dense1", site });
  expect((error as Error).message).toBe(
    'Python failed in node "dense1": ValueError: no\n    at /home/ada/net.ts:7:3\n\nTraceback…',
  );
});

test.each([
  ["a segmentation fault", "import ctypes; ctypes.string_at(0)", /a segmentation fault \(SIGSEGV\)/],
  ["a kill", 'print("last words", file=sys.stderr, flush=True); os.kill(os.getpid(), 9)', /SIGKILL[\s\S]*last words/],
  ["an exit code", 'print("why", file=sys.stderr); sys.exit(3)', /exit code 3[\s\S]*why/],
  ["an exception of the worker itself", "raise RuntimeError('boom')", /exit code 1[\s\S]*RuntimeError: boom/],
  ["an end without a result", "pass", /exit code 0 before the training did/],
])("%s is a failure with the end of stderr", async (_, python, message) => {
  const error = await errorOf(python);
  expect(RunFailedError.isInstance(error) && error.message).toMatch(message);
});

test("memory that runs out has an error of its own", async () => {
  const error = await errorOf(failure('{"code": "oom", "type": "MemoryError", "message": "cannot allocate"}'));
  expect(OutOfMemoryError.isInstance(error) && error.message).toContain("cannot allocate");
});

test("a dead worker's events up to then are whole, and its death is told within a second", async () => {
  const run = await plain.runner.submit(jobOf("for i in range(500):\n    steps(i, 1.0)\nos.kill(os.getpid(), 9)"));
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "step")).toHaveLength(500);
  expect(events.at(-2)).toMatchObject({ type: "attempt.ended", exit: null, signal: "SIGKILL" });
  const last = events.findLast(({ type }) => type === "step")!;
  expect(events.at(-1)!.m - last.m).toBeLessThan(1000);
  expect(events.at(-1)).toMatchObject({ reason: "failed", step: 500 });
});

test("a killed supervisor means a lost run: proven, not guessed", async () => {
  const other = await plainRunner();
  const run = await other.runner.submit(jobOf("steps(0, 1.0)\ntime.sleep(60)"));
  const started = await until(run, ({ type }) => type === "attempt.started");
  await until(run, ({ type }) => type === "step");
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  const error = await run.result().catch((thrown: unknown) => thrown);
  expect(RunLostError.isInstance(error) && error.message).toContain("SIGKILL");
  expect(await run.cancel()).toBe("lost");
  const again = await other.runner.submit(jobOf("result()"));
  expect((await again.result()).reason).toBe("completed");
});

test("a flood of prints drops lines, counts them and harms no metric", async () => {
  const python = `
for i in range(20000):
    print("line", i)
    if i % 1000 == 0:
        steps(i // 1000, float(i))
sys.stdout.write("a\\rb\\rc\\n" + "x" * 1_000_000 + "\\n")
sys.stdout.flush()
os.write(1, b"\\xff\\xfe broken\\n")
result(step=20)`;
  const run = await plain.runner.submit(jobOf(python));
  const events = await collect(run);
  const logs = events.flatMap((event) => (event.type === "log" ? [event] : []));
  expect(events.filter(({ type }) => type === "step")).toHaveLength(20);
  const told = logs.filter(({ text }) => !text.includes("lines were left out"));
  const dropped = logs.reduce((sum, log) => sum + log.dropped, 0);
  // 20,000 lines, three that a carriage return or line feed ended, 16 of the cut long one, a broken one.
  expect(told.length + dropped).toBe(20_000 + 3 + 16 + 1);
  expect(told.length).toBeLessThan(2_000);
  expect(await readFile(join(run.folder, "attempt-1/stdout.log"), "latin1")).toContain("line 19999\n");
});

test("lines that are no events become warnings", async () => {
  const python = `
fd = int(os.environ["FLAXEN_EVENTS_FD"])
os.write(fd, b"nonsense\\n" + b'{ "type" : "epoch", "epoch": 0, "step": 1, "metrics": {}, "best": false, "seconds": 0 }\\n')
os.write(fd, b'{"type":"log","text":"' + b"x" * 300_000 + b'"}\\n')
os.write(fd, b'{"type":"epoch","epoch":1,"st')
result()`;
  const run = await plain.runner.submit(jobOf(python.replace("result()", "")));
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "epoch")).toHaveLength(1);
  expect(events.flatMap((event) => (event.type === "warning" ? [event.text] : []))).toEqual([
    "a line of the worker is no event: nonsense",
    "a line of the worker is too long for the log",
  ]);
});
