import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RunLostError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect } from "vitest";
import { allGone, collect, jobOf, plainRunner, until } from "../testing/programs.ts";

const python = `
if os.path.isdir(os.path.join(os.environ["FLAXEN_RUN"], "attempt-2")):
    steps(0, 2.0)
    result(step=1)
    sys.exit()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("pids", os.getpid(), flush=True)
steps(0, 1.0)
time.sleep(60)`;

const killed = async (detach: boolean) => {
  const plain = await plainRunner();
  const run = await plain.runner.submit(jobOf(python), { detach });
  const started = await until(run, ({ type }) => type === "attempt.started");
  const told = await until(run, (event) => event.type === "log" && event.text.startsWith("pids"));
  await until(run, ({ type }) => type === "step");
  const supervisor = started.type === "attempt.started" ? started.pid : 0;
  const worker = told.type === "log" ? Number(told.text.split(" ")[1]) : 0;
  process.kill(supervisor, "SIGKILL");
  return { ...plain, run, supervisor, worker };
};

for (const detach of [false, true])
  fault(15, "file")(
    `a killed supervisor takes its worker along; the run is lost by proof (detached: ${detach})`,
    async () => {
      const { run, runner, worker } = await killed(detach);
      expect(await allGone([worker], 2000)).toBe(true);
      const error = await run.result().catch((thrown: unknown) => thrown);
      expect(RunLostError.isInstance(error)).toBe(true);
      expect(run.connection).toBe("lost");
      expect(await run.cancel()).toBe("lost");
      expect((await runner.runs()).map(({ state }) => state)).toEqual(["lost"]);
      expect((await (await runner.submit(jobOf("result()"))).result()).reason).toBe("completed");
    },
  );

fault(15, "file")("the log is read to its last line end, and a restart makes another attempt", async () => {
  const { run, runner, worker } = await killed(false);
  await allGone([worker], 2000);
  const log = join(run.folder, "attempt-1/events.jsonl");
  await appendFile(log, '{"v":1,"run":"r_1","att":1,"se');
  const seen: string[] = [];
  const reading = async () => {
    for await (const event of run) seen.push(event.type);
  };
  await expect(reading()).rejects.toSatisfy((error) => RunLostError.isInstance(error));
  const lines = (await readFile(log, "utf8")).split("\n").slice(0, -1);
  expect(seen).toEqual(
    lines.map((line) => (JSON.parse(line) as { type: string }).type).map((type) => (type === "steps" ? "step" : type)),
  );

  const again = await runner.restart(run.id);
  expect((await again.result()).steps).toBe(1);
  const steps = (await collect(again)).flatMap((event) =>
    event.type === "step" ? [[event.attempt, event.metrics.loss]] : [],
  );
  expect(steps).toEqual([
    [1, 1],
    [2, 2],
  ]);
});
