import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunLostError } from "@flaxen/runner";
import { beforeAll, expect, test, vi } from "vitest";
import { RunNotLostError } from "./errors.ts";
import { local } from "./local.ts";
import { collect, jobOf, plainRunner, until } from "./testing/programs.ts";

beforeAll(() => {
  vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2");
  return () => vi.unstubAllEnvs();
});

/** Sleeps in its first attempt, ends in its second. */
const twice = `
steps(0, 1.0, 2.0)
if os.path.isdir(os.path.join(os.environ["FLAXEN_RUN"], "attempt-2")):
    result(step=2)
else:
    time.sleep(60)`;

test.each([false, true])("a lost run goes on in another attempt (detach: %s)", async (detach) => {
  const { folder, runner } = await plainRunner();
  const run = await runner.submit(jobOf(twice), { detach });
  const started = await until(run, ({ type }) => type === "attempt.started");
  const stream = run.events();
  for await (const event of stream) if (event.type === "step" && event.step === 1) break;
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  await expect(run.result()).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  // A request that the first attempt did not live to see is no request to the second.
  expect(await run.cancel()).toBe("lost");
  expect((await runner.runs())[0]).toMatchObject({ state: "lost", attempt: 1 });

  const again = await runner.restart(run.id);
  expect((await again.result()).steps).toBe(2);
  const events = await collect(await local({ root: join(folder, "runs") }).attach(run.id));
  expect(events.flatMap((event) => (event.type === "step" ? [[event.attempt, event.step]] : []))).toEqual([
    [1, 0],
    [1, 1],
    [2, 0],
    [2, 1],
  ]);
  expect(events.at(-1)).toMatchObject({ type: "run.ended", attempt: 2, reason: "completed" });
  const rest = await collect(run.events({ from: stream.cursor }));
  expect(rest.every((event) => event.attempt === 2 || event.seq > 0)).toBe(true);
  expect(rest.filter(({ type }) => type === "step")).toHaveLength(2);
  expect((await runner.runs())[0]).toMatchObject({ state: "ended", attempt: 2, detached: detach });
});

test("what runs, or has ended, is not started again", async () => {
  const { runner } = await plainRunner();
  const run = await runner.submit(jobOf("asked.wait()\nresult('cancelled')"));
  const refused = (words: RegExp) => (error: unknown) => RunNotLostError.isInstance(error) && words.test(error.message);
  await expect(runner.restart(run.id)).rejects.toSatisfy(refused(/still runs/));
  await run.cancel();
  const before = await readFile(join(run.folder, "job.json"), "utf8");
  await expect(runner.restart(run.id)).rejects.toSatisfy(refused(/has ended \(cancelled\)/));
  expect(await readFile(join(run.folder, "job.json"), "utf8")).toBe(before);
  await expect(runner.restart("nobody")).rejects.toMatchObject({ code: "run-not-found" });
  await expect(runner.restart(run.id, { retires: 1 } as object)).rejects.toMatchObject({
    code: "bad-runner-option",
    site: { file: import.meta.filename },
    message: expect.stringContaining('restart has no option "retires". Did you mean "retries"?'),
  });
});

test("a restarted run can be cancelled although the attempt before was asked as well", async () => {
  const { runner } = await plainRunner();
  const deaf = jobOf("import signal\nsteps(0, 1.0)\ntime.sleep(60)");
  const run = await runner.submit(deaf);
  const started = await until(run, ({ type }) => type === "attempt.started");
  await until(run, ({ type }) => type === "step");
  const cancelled = run.cancel();
  await until(run, ({ type }) => type === "control");
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  expect(await cancelled).toBe("lost");

  const again = await runner.restart(run.id);
  await until(again, ({ type, attempt }) => type === "step" && attempt === 2);
  expect(await again.cancel()).toBe("cancelled");
});

test("a restart that fails leaves the run as lost as it was", async () => {
  const { folder, home, runner } = await plainRunner();
  const run = await runner.submit(jobOf("steps(0, 1.0)\ntime.sleep(60)"));
  const started = await until(run, ({ type }) => type === "step" || type === "attempt.started");
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  await expect(run.result()).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  await rm(join(run.folder, "status.json"));
  await rm(join(run.folder, "attempt-1"), { recursive: true });
  const file = join(run.folder, "job.json");
  const job = JSON.parse(await readFile(file, "utf8"));
  await writeFile(
    file,
    JSON.stringify({ ...job, submission: { ...job.submission, by: { ...job.submission.by, pid: 2 ** 22 + 1 } } }),
  );
  expect((await runner.runs())[0]?.state).toBe("lost");

  const broken = local({ root: join(folder, "runs"), home, environment: join(folder, "no-python") });
  await expect(broken.restart(run.id)).rejects.toThrow();
  expect((await runner.runs())[0]?.state).toBe("lost");
  expect(await (await runner.restart(run.id)).cancel()).toBe("cancelled");
});
