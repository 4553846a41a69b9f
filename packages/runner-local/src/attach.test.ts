import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RunLostError, RunNotFoundError, type Runner, restore } from "@flaxen/runner";
import { beforeAll, expect, test } from "vitest";
import { RunnerOptionError, RunUnreadableError } from "./errors.ts";
import { local } from "./local.ts";
import { collect, jobOf, plainRunner, until } from "./testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
/** As another process has it: it knows nothing of the runs but their folder. */
let other: ReturnType<typeof local>;
beforeAll(async () => {
  plain = await plainRunner();
  other = local({ root: join(plain.folder, "runs"), home: plain.home });
});

const slow =
  "for i in range(60):\n    steps(i, float(i))\n    time.sleep(0.02)\nresult(step=60, metrics={'loss': 0.5})";

test("while it runs: the same events, from the first or behind a cursor", async () => {
  const run = await plain.runner.submit(jobOf(slow));
  await until(run, ({ type }) => type === "step");
  const [mine, theirs] = await Promise.all([collect(run), collect(await other.attach(run.id))]);
  expect(theirs).toEqual(mine);
  const stream = run.events();
  for await (const event of stream) if (event.type === "step" && event.step === 30) break;
  const rest = await collect(await other.attach(run.id, { from: stream.cursor }));
  expect(rest).toEqual(mine.slice(mine.findIndex((event) => event.type === "step" && event.step === 30) + 1));
});

test("after its end: its result, its artifacts, and its own ending for whoever cancels", async () => {
  const python = `
folder = os.path.join(os.environ["FLAXEN_RUN"], "artifacts")
os.mkdir(folder)
open(os.path.join(folder, "weights.safetensors"), "w").write("weights")
result(step=3, metrics={"loss": 1.5})`;
  const run = await plain.runner.submit(jobOf(python));
  const result = await run.result();
  const again = await other.attach(run.id);
  expect(await again.result()).toEqual(result);
  expect(result.artifacts["weights.safetensors"]?.bytes).toBe(7);
  expect(await again.cancel()).toBe("completed");
});

test("a run that is lost: every event, then proof of death", async () => {
  const lost = await plainRunner();
  const run = await lost.runner.submit(jobOf("steps(0, 1.0, 2.0)\ntime.sleep(60)"));
  const started = await until(run, ({ type }) => type === "attempt.started");
  await until(run, (event) => event.type === "step" && event.step === 1);
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  await expect(run.result()).rejects.toSatisfy((error) => RunLostError.isInstance(error));

  const attached = await local({ root: join(lost.folder, "runs") }).attach(run.id);
  const steps: number[] = [];
  const read = async () => {
    for await (const event of attached) if (event.type === "step") steps.push(event.step);
  };
  await expect(read()).rejects.toSatisfy(
    (error) => RunLostError.isInstance(error) && error.message.includes("the supervisor is gone: there is no process"),
  );
  expect(steps).toEqual([0, 1]);
  expect(attached.connection).toBe("lost");
  expect(await attached.cancel()).toBe("lost");
});

test("what is attached to gives a run its types back, told what the run was started from", async () => {
  const run = await plain.runner.submit(jobOf("result()", { document: "sha256:d" }));
  await run.result();
  const told = await other.attach(run.id, {
    as: { [restore]: (same, runner: Runner, described) => ({ id: same.id, runner: runner.name, described }) },
  });
  expect(told).toEqual({
    id: run.id,
    runner: "local",
    described: { document: "sha256:d", metrics: ["loss"], environment: "base" },
  });
});

test("a run that is not there, or cannot be read, is told", async () => {
  const run = await plain.runner.submit(jobOf("result()", {}), { id: "digits-7" });
  await run.result();
  await expect(other.attach("digits-8")).rejects.toSatisfy(
    (error) => RunNotFoundError.isInstance(error) && error.message.includes('Did you mean "digits-7"?'),
  );
  await writeFile(join(run.folder, "job.json"), "{");
  await expect(other.attach("digits-7")).rejects.toSatisfy(
    (error) => RunUnreadableError.isInstance(error) && error.message.includes(run.folder),
  );
});

test.each([
  ["an id that leaves the folder", "../runs", {}, /^attach: the run's id must be made of at most 100 letters/],
  ["an option that is misspelt", "r_1", { fromm: "1:0:0" }, /^attach has no option "fromm"\. Did you mean "from"\?/],
  ["something that is no experiment", "r_1", { as: {} }, /^attach: as must be an experiment/],
])("%s is refused at the call", async (_, id, options, message) => {
  await expect(other.attach(id, options as object)).rejects.toSatisfy(
    (error) =>
      RunnerOptionError.isInstance(error) && message.test(error.message) && error.site?.file === import.meta.filename,
  );
});

test("a cursor that is none is refused", async () => {
  const run = await plain.runner.submit(jobOf("result()"));
  await expect(other.attach(run.id, { from: "yesterday" })).rejects.toMatchObject({ code: "invalid-cursor" });
});
