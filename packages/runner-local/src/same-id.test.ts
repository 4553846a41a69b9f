import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { RunExistsError } from "@flaxen/runner";
import { beforeAll, expect, test, vi } from "vitest";
import { ownIdentity } from "./folder/process-identity.ts";
import { writeRunFolder } from "./folder/run-folder.ts";
import { node } from "./testing/node.ts";
import { collect, jobOf, plainRunner } from "./testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
let root: string;
beforeAll(async () => {
  vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2");
  plain = await plainRunner();
  root = join(plain.folder, "runs");
  return () => vi.unstubAllEnvs();
});

const training = "for i in range(40):\n    steps(i, 1.0)\n    time.sleep(0.01)\nresult(step=40)";
const stepsOf = (events: readonly { readonly type: string }[]) => events.filter(({ type }) => type === "step").length;

test.each([false, true])("two submits at once are one run, and both see all of it (detach: %s)", async (detach) => {
  const id = `twice-${detach}`;
  const runs = await Promise.all([1, 2].map(() => plain.runner.submit(jobOf(training), { id, detach })));
  const [one, other] = await Promise.all(runs.map(collect));
  expect(other).toEqual(one);
  expect(stepsOf(one!)).toBe(40);
  expect(await readdir(join(root, id))).not.toContain("attempt-2");
  expect((await runs[0]!.result()).steps).toBe(40);
});

test.each([false, true])("so are two of two processes (detach: %s)", async (detach) => {
  const id = `processes-${detach}`;
  const options = JSON.stringify({ id, detach });
  const ended = await Promise.all([1, 2].map(() => node("submit.ts", root, plain.home, training, options, "39")));
  const seen = ended.map(({ stdout, stderr }) => {
    expect(stderr).toBe("");
    return JSON.parse(stdout) as { id: string; events: unknown[] };
  });
  expect(seen[0]).toEqual(seen[1]);
  expect(stepsOf(seen[0]!.events.map((event) => ({ type: (event as string[])[2]! })))).toBe(40);
  expect(await readdir(join(root, id))).not.toContain("attempt-2");
});

test("after its end it is the run that was", async () => {
  const first = await plain.runner.submit(jobOf("result(step=1)"), { id: "again" });
  await first.result();
  const second = await plain.runner.submit(jobOf("result(step=1)"), { id: "again" });
  expect(await collect(second)).toEqual(await collect(first));
});

test.each([
  ["its program", jobOf("result(step=2)")],
  ["its configuration", jobOf("result()", { config: { seed: 1 } })],
  ["its experiment", jobOf("result()", { document: "sha256:other" })],
  ["its data", jobOf("result()", { assets: [{ name: "a", sha256: "1", bytes: Uint8Array.of(1) }] })],
])("another job under that id is refused, with what differs: %s", async (part, job) => {
  await (await plain.runner.submit(jobOf("result()"), { id: "taken" })).result();
  await expect(plain.runner.submit(job, { id: "taken" })).rejects.toSatisfy(
    (error) => RunExistsError.isInstance(error) && error.message.includes(`is another job: ${part} `),
  );
});

test("a run whose submitter died before it was handed over is taken over", async () => {
  const by = { ...(await ownIdentity()), pid: 4_194_303 };
  const submission = { detached: false, maxSeconds: null, retries: 0, at: 0, by };
  await writeRunFolder(root, "orphan", jobOf("result(step=5)"), submission);
  const run = await plain.runner.submit(jobOf("result(step=5)"), { id: "orphan" });
  expect((await run.result()).steps).toBe(5);
});

test("a submit that fails leaves its id free", async () => {
  const job = jobOf("result()", { assets: [{ name: "rows.csv", path: "/nowhere/rows.csv" }] });
  await expect(plain.runner.submit(job, { id: "free" })).rejects.toMatchObject({ code: "missing-file" });
  expect(await readdir(root)).not.toContain("free");
  expect((await readdir(root)).filter((name) => name.endsWith(".part"))).toEqual([]);
  await (await plain.runner.submit(jobOf("result()"), { id: "free" })).result();
});

test("a folder of that name that holds no run is told", async () => {
  await mkdir(join(root, "notes"));
  await expect(plain.runner.submit(jobOf("result()"), { id: "notes" })).rejects.toMatchObject({
    code: "run-unreadable",
    message: expect.stringContaining("there is no job.json in it"),
  });
});
