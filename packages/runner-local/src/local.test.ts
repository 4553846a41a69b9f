import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DataError, wireEvent } from "@flaxen/runner";
import { beforeAll, expect, test } from "vitest";
import { collect, jobOf, plainRunner, temporaryFolder, until } from "./testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const training = `
print("hello")
emit("device.info", backend="cpu", devices=["cpu:0"], jax="0", warm=False)
steps(0, 3.0, "NaN")
steps(2, 1.0)
emit("epoch", epoch=0, step=3, metrics={"loss": 1.5}, best=True, seconds=0.1)
folder = os.path.join(os.environ["FLAXEN_RUN"], "artifacts")
os.mkdir(folder)
with open(os.path.join(folder, "weights.safetensors"), "w") as file:
    file.write("weights")
result(step=3, metrics={"loss": 1.5})
`;

test("a run's events come once, in order, and its result holds what it left", async () => {
  const run = await plain.runner.submit(jobOf(training));
  const events = await collect(run);
  expect(events.map(({ type }) => type).filter((type) => type !== "log")).toEqual([
    "attempt.started",
    "env.ready",
    "run.started",
    "device.info",
    "step",
    "step",
    "step",
    "epoch",
    "artifact",
    "attempt.ended",
    "run.ended",
  ]);
  expect(events.filter(({ type }) => type === "step")).toMatchObject([
    { step: 0, metrics: { loss: 3 } },
    { step: 1, metrics: { loss: Number.NaN } },
    { step: 2, metrics: { loss: 1 } },
  ]);
  expect(events).toContainEqual(expect.objectContaining({ type: "log", stream: "stdout", text: "hello" }));
  const result = await run.result();
  expect(result).toMatchObject({ reason: "completed", steps: 3, metrics: { loss: 1.5 }, bestEpoch: undefined });
  const weights = result.artifacts["weights.safetensors"]!;
  expect(weights).toMatchObject({ bytes: 7, sha256: createHash("sha256").update("weights").digest("hex") });
  expect(await readFile(weights.path, "utf8")).toBe("weights");
  expect(JSON.parse(await readFile(join(run.folder, "status.json"), "utf8"))).toMatchObject({
    run: run.id,
    state: "ended",
    reason: "completed",
  });
});

test("every line that Python writes fits the schema", async () => {
  const run = await plain.runner.submit(jobOf(`${training}\nsys.exit(3)`));
  await run.result();
  const lines = (await readFile(join(run.folder, "attempt-1/events.jsonl"), "utf8")).trimEnd().split("\n");
  const types = lines.map((line) => wireEvent.parse(JSON.parse(line)).type);
  expect(new Set(types).size).toBe(10);
});

test("the run's folder holds program, configuration and assets", async () => {
  const source = join(await temporaryFolder(), "rows.csv");
  await writeFile(source, "a,b\n");
  const program = `print(open("../assets/ab12.bin").read(), open("../config.json").read(), os.getcwd())\nresult()`;
  const assets = [
    { name: "ab12.bin", sha256: "ab12", bytes: new TextEncoder().encode("bytes") },
    { name: "rows.csv", path: source },
  ];
  const run = await plain.runner.submit(jobOf(program, { assets, config: { batch_size: 8 } }));
  const events = await collect(run);
  expect(await readlink(join(run.folder, "assets/rows.csv"))).toBe(source);
  const printed = events.flatMap((event) => (event.type === "log" ? [event.text] : [])).join("\n");
  expect(printed).toMatch(/^bytes \{\n {2}"batch_size": 8\n\}/);
  expect(printed).toContain(join(run.folder, "program"));
});

test("a file that is not there is refused before anything starts", async () => {
  const assets = [{ name: "rows.csv", path: "/nowhere/rows.csv" }];
  await expect(plain.runner.submit(jobOf("result()", { assets }))).rejects.toSatisfy(
    (error) => DataError.isInstance(error) && error.code === "missing-file" && error.facts.path === "/nowhere/rows.csv",
  );
});

test("two subscribers get everything; one that leaves disturbs nobody", async () => {
  const run = await plain.runner.submit(
    jobOf("for i in range(50):\n    steps(i, 1.0)\n    time.sleep(0.002)\nresult()"),
  );
  const [one, other] = await Promise.all([collect(run), collect(run), until(run, ({ type }) => type === "step")]);
  expect(one.filter(({ type }) => type === "step")).toHaveLength(50);
  expect(other).toEqual(one);
  await run.result();
});

test("many runs at once share one supervisor and stay apart", async () => {
  const runs = await Promise.all(
    Array.from({ length: 6 }, (_, i) => plain.runner.submit(jobOf(`steps(0, ${i}.0)\nresult(step=${i})`))),
  );
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results.map(({ steps }) => steps)).toEqual([0, 1, 2, 3, 4, 5]);
  const started = await Promise.all(runs.map((run) => until(run, ({ type }) => type === "attempt.started")));
  expect(new Set(started.map((event) => (event.type === "attempt.started" ? event.pid : 0))).size).toBe(1);
});

test("a script that has its result ends by itself, and takes the supervisor with it", async () => {
  const script = join(import.meta.dirname, "testing/script.ts");
  const node = promisify(execFile);
  const options = { timeout: 20_000 };
  const { stdout } = await node(process.execPath, ["--conditions=@flaxen/source", script, "result()"], options);
  expect(stdout).toMatch(/^\/.*\ncompleted\n$/);
});
