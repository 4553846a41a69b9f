import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownIdentity, type ProcessIdentity } from "./folder/process-identity.ts";
import { writeRunFolder } from "./folder/run-folder.ts";
import { local } from "./local.ts";
import { jobOf, plainRunner, temporaryFolder, until } from "./testing/programs.ts";

test("runs are listed newest first: running, waiting, ended, with their reasons", async () => {
  const { runner } = await plainRunner({ slots: 1 });
  const failed = await runner.submit(jobOf("sys.exit(3)"));
  await failed.result().catch(() => undefined);
  const running = await runner.submit(jobOf("steps(0, 1.0)\nasked.wait()\nresult('cancelled')"), { id: "training" });
  await until(running, ({ type }) => type === "step");
  const waiting = await runner.submit(jobOf("result()"));
  await expect.poll(async () => (await runner.runs())[0]?.state, { timeout: 20_000 }).toBe("queued");
  const listed = await runner.runs();
  expect(listed.map(({ id, state, reason }) => [id, state, reason])).toEqual([
    [waiting.id, "queued", undefined],
    ["training", "running", undefined],
    [failed.id, "ended", "failed"],
  ]);
  expect(listed[1]).toMatchObject({
    folder: running.folder,
    attempt: 1,
    detached: false,
    document: "sha256:document",
    problem: undefined,
  });
  expect(Date.now() - listed[1]!.startedAt.getTime()).toBeLessThan(60_000);
  await running.cancel();
  await waiting.result();
});

const submission = (by: ProcessIdentity, at = 0) => ({ detached: true, maxSeconds: null, retries: 0, at, by });

test("a state is what is proven, not what a dead supervisor wrote last", async () => {
  const root = await temporaryFolder();
  const living = await ownIdentity();
  const dead = { ...living, pid: 4_194_303 };
  const make = async (id: string, state: string | undefined, by: ProcessIdentity, end?: string) => {
    const folder = (await writeRunFolder(root, id, jobOf(""), submission(by)))!;
    const status = { run: id, attempt: 2, state, reason: null, startedAt: 1_000, supervisor: by };
    if (state !== undefined) await writeFile(join(folder, "status.json"), JSON.stringify(status));
    await mkdir(join(folder, "attempt-2"));
    if (end !== undefined) await writeFile(join(folder, "attempt-2/events.jsonl"), `{}\n${end}\n`);
  };
  for (const state of ["environment", "queued", "running", "closing"]) await make(`alive-${state}`, state, living);
  await make("alive-handed-over", undefined, living);
  await make("dead-before-it-was-handed-over", undefined, dead);
  await make("dead-running", "running", dead);
  await make("dead-after-the-end", "closing", dead, '{"type":"run.ended","reason":"stopped"}');
  await make("dead-before-the-end", "ended", dead, '{"type":"attempt.ended"}');
  await make(
    "dead-after-a-long-end",
    "ended",
    dead,
    `{"type":"run.ended","reason":"failed","x":"${"x".repeat(200_000)}"}`,
  );
  await make("rebooted", "running", { ...living, bootId: "another" });
  await make("pid-of-another", "running", { ...living, startTime: "1" });
  const listed = Object.fromEntries((await local({ root }).runs()).map((listing) => [listing.id, listing]));
  expect(Object.entries(listed).map(([id, { state }]) => [id, state])).toEqual(
    expect.arrayContaining([
      ["alive-environment", "environment"],
      ["alive-queued", "queued"],
      ["alive-running", "running"],
      ["alive-closing", "closing"],
      ["alive-handed-over", "queued"],
      ["dead-before-it-was-handed-over", "lost"],
      ["dead-running", "lost"],
      ["dead-after-the-end", "ended"],
      ["dead-before-the-end", "lost"],
      ["dead-after-a-long-end", "ended"],
      ["rebooted", "lost"],
      ["pid-of-another", "lost"],
    ]),
  );
  expect(Object.keys(listed)).toHaveLength(12);
  expect(listed["dead-after-the-end"]?.reason).toBe("stopped");
  expect(listed["dead-running"]?.problem).toBe("the supervisor is gone: there is no process 4194303 any more");
  expect(listed.rebooted?.problem).toMatch(/^the supervisor is gone: the machine was started again since/);
  expect(listed["pid-of-another"]?.problem).toMatch(/is another one, which started later$/);
  expect(listed["alive-running"]).toMatchObject({ attempt: 2, startedAt: new Date(1_000), detached: true });
});

test("a folder that is no run is listed as such, and hides no other", async () => {
  const root = await temporaryFolder();
  const by = await ownIdentity();
  for (const id of ["good", "torn", "mute", "empty"]) await writeRunFolder(root, id, jobOf(""), submission(by, 5));
  await writeFile(join(root, "torn/job.json"), '{"specification":1,"run":');
  await writeFile(join(root, "mute/status.json"), '{"state":"dancing"}');
  await rm(join(root, "empty/job.json"));
  await writeFile(join(root, "a-file"), "");
  await mkdir(join(root, ".supervisor-0123"));
  const listed = Object.fromEntries((await local({ root }).runs()).map((listing) => [listing.id, listing]));
  expect(Object.keys(listed).sort()).toEqual(["empty", "good", "mute", "torn"]);
  expect(listed.good).toMatchObject({ state: "queued", startedAt: new Date(5), problem: undefined });
  expect(listed.empty).toMatchObject({ state: "broken", problem: expect.stringContaining("no job.json") });
  expect(listed.torn).toMatchObject({ state: "broken", problem: expect.stringContaining("job.json is not what") });
  expect(listed.mute).toMatchObject({ state: "broken", problem: expect.stringContaining("status.json is not what") });
});

test("a root that is not there holds no runs", async () => {
  expect(await local({ root: join(await temporaryFolder(), "none") }).runs()).toEqual([]);
});
