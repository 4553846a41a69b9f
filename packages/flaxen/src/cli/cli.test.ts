import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { jobOf, temporaryFolder, until } from "@flaxen/runner/conformance";
import { findPython, local } from "@flaxen/runner-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "./run-command.ts";
import { age, tableOf } from "./table.ts";

let folder: string;
let places: readonly string[];
let runner: ReturnType<typeof local>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const home = join(folder, "home");
  const root = join(folder, "runs");
  places = ["--home", home, "--root", root];
  runner = local({ home, root, environment: (await findPython()).executable, warm: false });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const flaxen = async (...args: readonly string[]) => {
  const told = { out: "", error: "" };
  const code = await runCommand(args, {
    version: "1.2.3",
    color: false,
    out: (text) => {
      told.out += `${text}\n`;
    },
    error: (text) => {
      told.error += `${text}\n`;
    },
  });
  return { code, ...told };
};

/** The command in a process of its own. */
const start = (...args: readonly string[]) => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@flaxen/source", main, ...args], { stdio: "pipe" });
  const told = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      told[name] += text;
    });
  }
  return { child, told, ended: once(child, "close").then(([exitCode]) => ({ exitCode, ...told })) };
};

const untilCancelled = jobOf("steps(0, 1.0)\nasked.wait()\nresult('cancelled')");

test.each([
  [["--version"], "1.2.3"],
  [["--help"], "attach <id>       shows how a run goes"],
  [["help", "runs"], "--limit <number>"],
  [["cancel", "--help"], "flaxen cancel <id>: ends a run"],
])("flaxen %j", async (args, text) => {
  const { code, out, error } = await flaxen(...args);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  expect(out).toContain(text);
});

test.each([
  [[], "Usage: flaxen <command>"],
  [["doctr"], 'There is no command "doctr". Did you mean "doctor"?'],
  [["constructor"], 'There is no command "constructor".'],
  [["help", "run"], 'Did you mean "runs"?'],
  [["runs", "--limt", "3"], 'has no option --limt. Did you mean "--limit"?'],
  [["runs", "--limit", "none"], '--limit must be a whole number above 0, not "none"'],
  [["runs", "--limit"], "--limit"],
  [["attach"], "flaxen attach takes <id>."],
  [["cancel", "a", "b"], 'takes <id>, not "a b"'],
])("flaxen %j is not understood", async (args, text) => {
  const { code, out, error } = await flaxen(...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toContain(text);
});

test("doctor tells the problem and what to do, and exits with 1", async () => {
  const { code, out } = await flaxen("doctor", "--home", "/proc/nohome");
  expect(code).toBe(1);
  expect(out).toMatch(/^problem {2}folders .*\/proc\/nohome/m);
  expect(out).toContain("→ Allow writing there");
  const { out: data } = await flaxen("doctor", "--home", "/proc/nohome", "--json");
  expect(JSON.parse(data)).toMatchObject({ ok: false });
});

test("runs are listed with how they ended and what they reached", async () => {
  expect((await flaxen("runs", ...places)).out).toBe("There are no runs yet.\n");
  const good = await runner.submit(jobOf("result(step=3, metrics={'loss': 0.123456, 'val/loss': 'NaN'})"));
  await good.result();
  const bad = await runner.submit(jobOf("sys.exit(3)"));
  await bad.result().catch(() => undefined);
  const { code, out } = await flaxen("runs", ...places);
  expect(code).toBe(0);
  const [head, first, second] = out.split("\n").map((line) => line.split(/ {2,}/));
  expect(head).toEqual(["RUN", "STATE", "ENDING", "AGE", "METRICS"]);
  expect(first?.slice(0, 3)).toEqual([bad.id, "ended", "failed"]);
  expect(second?.slice(0, 3)).toEqual([good.id, "ended", "completed"]);
  expect(second?.[4]).toBe("loss 0.1235, val/loss NaN");
  expect((await flaxen("runs", ...places, "--limit", "1")).out).toContain("and 1 more: flaxen runs --limit 2");
  const { out: data } = await flaxen("runs", ...places, "--json");
  expect(JSON.parse(data)).toMatchObject([{ id: bad.id }, { id: good.id }]);
});

test("a run that is not there is told, with a near one", async () => {
  const run = await runner.submit(jobOf("result()"), { id: "first-training" });
  await run.result();
  for (const command of ["attach", "cancel"]) {
    const { code, error } = await flaxen(command, "first-trainin", ...places);
    expect(code).toBe(1);
    expect(error).toContain('"first-training"');
    expect(error).toContain("flaxen runs");
  }
});

test("attach shows the run; Ctrl-C leaves it, and it goes on until it is cancelled", async () => {
  const run = await runner.submit(untilCancelled);
  await until(run, ({ type }) => type === "step");
  const watching = start("attach", run.id, ...places);
  const leaving = start("attach", run.id, ...places);
  await expect.poll(() => leaving.told.stderr, { timeout: 30_000 }).toContain("loss 1");
  leaving.child.kill("SIGINT");
  const left = await leaving.ended;
  expect(left.exitCode).toBe(130);
  expect(left.stderr).toContain(`Left. ${run.id} goes on`);
  expect((await runner.runs()).find(({ id }) => id === run.id)?.state).toBe("running");
  expect(await flaxen("cancel", run.id, ...places)).toEqual({ code: 0, out: `${run.id}: cancelled\n`, error: "" });
  const watched = await watching.ended;
  expect(watched.exitCode).toBe(1);
  expect(watched.stderr).toContain("cancelled");
  expect(watched.stdout).toBe("");
  expect((await flaxen("cancel", run.id, ...places)).out).toBe(`${run.id}: cancelled\n`);
});

test("attach to a run that ended well tells its end and exits with 0", async () => {
  const run = await runner.submit(jobOf("steps(0, 1.0)\nresult(step=1, metrics={'loss': 1.0})"));
  await run.result();
  const { exitCode, stderr } = await start("attach", run.id, ...places).ended;
  expect(stderr).toContain("completed");
  expect(exitCode).toBe(0);
  expect((await flaxen("cancel", run.id, ...places)).out).toBe(`${run.id}: completed before that\n`);
});

test("ages and troubles in the list", () => {
  expect([0, 59, 60, 3_599, 3_600, 86_399, 172_800].map(age)).toEqual([
    "0 s",
    "59 s",
    "1 min",
    "59 min",
    "1 h",
    "23 h",
    "2 d",
  ]);
  const run = { folder: "/runs/a", attempt: 1, detached: true, document: "", program: "" };
  const listed = [
    { ...run, id: "a", state: "lost", problem: "the supervisor is gone. More", startedAt: new Date(0) } as const,
    { ...run, id: "running-one", state: "running", startedAt: new Date(30_000) } as const,
  ];
  expect(tableOf(listed, new Date(60_000)).split("\n")).toEqual([
    "RUN          STATE    ENDING  AGE    METRICS",
    "a            lost     -       1 min  the supervisor is gone",
    "running-one  running  -       30 s",
  ]);
});
