import { RunFailedError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { beforeAll, expect } from "vitest";
import { collect, isAlive, jobOf, plainRunner, until } from "../testing/programs.ts";
import { projectJob } from "./project-job.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const errorOf = async (job: Parameters<typeof plain.runner.submit>[0]): Promise<unknown> => {
  const run = await plain.runner.submit(job);
  return run.result().then(
    () => undefined,
    (error: unknown) => error,
  );
};

const counting = `
print("pid", os.getpid(), flush=True)
for i in range(500):
    steps(i, float(i))
time.sleep(60)`;

const killWorker = async (retries: number, python = counting) => {
  const run = await plain.runner.submit(jobOf(python), { retries });
  const told = await until(run, (event) => event.type === "log" && event.text.startsWith("pid"));
  await until(run, (event) => event.type === "step" && event.step === 499);
  const pid = told.type === "log" ? Number(told.text.split(" ")[1]) : 0;
  const at = Date.now();
  process.kill(pid, "SIGKILL");
  const events = await collect(run);
  expect(isAlive(pid)).toBe(false);
  return { run, events, at };
};

fault(1, "file")(
  "what a killed worker had told is whole, and its death is told within a second, with its signal",
  async () => {
    const { run, events, at } = await killWorker(0);
    expect(events.flatMap((event) => (event.type === "step" ? [event.metrics.loss] : []))).toEqual(
      Array.from({ length: 500 }, (_, i) => i),
    );
    const ended = events.find(({ type }) => type === "attempt.ended")!;
    expect(ended).toMatchObject({ exit: null, signal: "SIGKILL", retry: false });
    expect(ended.t - at).toBeLessThan(1000);
    expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "failed", step: 500 });
    await expect(run.result()).rejects.toSatisfy(
      (error) => RunFailedError.isInstance(error) && error.message.includes("SIGKILL"),
    );
  },
);

fault(1, "file")(
  "a killed worker is started again where retries are left, and the events go on in the next attempt",
  async () => {
    const second =
      'if os.path.isdir(os.path.join(os.environ["FLAXEN_RUN"], "attempt-2")):\n    steps(0, 1.0)\n    result(step=1)\n    sys.exit()';
    const { run, events } = await killWorker(1, `${second}\n${counting}`);
    const ended = events.flatMap((event) => (event.type === "attempt.ended" ? [event] : []));
    expect(ended).toMatchObject([
      { attempt: 1, signal: "SIGKILL", retry: true },
      { attempt: 2, exit: 0, retry: false },
    ]);
    for (const attempt of [1, 2]) {
      const seqs = events.flatMap((event) => (event.attempt === attempt && event.type !== "step" ? [event.seq] : []));
      expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    }
    expect(events.filter(({ type }) => type === "run.ended")).toMatchObject([{ attempt: 2, reason: "completed" }]);
    expect((await run.result()).steps).toBe(1);
  },
);

const deaths = [
  ["a segmentation fault", "import ctypes; ctypes.string_at(0)", /a segmentation fault \(SIGSEGV\)/],
  ["a kill", 'print("last words", file=sys.stderr, flush=True); os.kill(os.getpid(), 9)', /SIGKILL[\s\S]*last words/],
  ["an exit code", 'print("why", file=sys.stderr); sys.exit(3)', /exit code 3[\s\S]*why/],
  ["an exception of the worker itself", "raise RuntimeError('boom')", /exit code 1[\s\S]*RuntimeError: boom/],
  ["an end without a result", "pass", /exit code 0 before the training did/],
] as const;

for (const [what, python, message] of deaths)
  fault(2, "file")(`${what} is a failure with the end of stderr`, async () => {
    const error = await errorOf(jobOf(python));
    expect(RunFailedError.isInstance(error) && error.message).toMatch(message);
  });

fault(2, "file")("an exception in the program arrives with the node and the user's line of TypeScript", async () => {
  const site = { file: "/home/ada/net.ts", line: 7, column: 3 };
  const range = { file: "model.py", line: 2, column: 4, endLine: 2, endColumn: 80, node: "dense1" };
  const files = {
    "model.py": 'def call():\n    raise ValueError("no such shape")\n',
    "train.py": "import model\n\ndef main(config):\n    model.call()\n\nmain({})\n",
  };
  const job = projectJob(files, { sites: { dense1: site } });
  const error = await errorOf({ ...job, program: { ...job.program, sourceMap: [range] } });
  expect(RunFailedError.isInstance(error) && error).toMatchObject({ node: "dense1", site });
  expect((error as Error).message).toMatch(
    /^Python failed in node "dense1": ValueError: no such shape\n {4}at \/home\/ada\/net\.ts:7:3\n\nTraceback[\s\S]*model\.py", line 2, in call/,
  );
});

fault(2, "file")("of a traceback beyond 64 KiB the end is kept", async () => {
  const python = `
def fall(depth):
    if depth == 0:
        raise ValueError("at the bottom " + "x" * 200_000 + " of all")
    fall(depth - 1)
fall(100)`;
  const error = await errorOf(jobOf(python));
  expect((error as Error).message).toContain("of all");
  expect((error as Error).message.length).toBeLessThan(100_000);
});
