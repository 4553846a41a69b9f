import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryHome } from "./testing/home.ts";
import { processesWith } from "./testing/processes.ts";
import { runCommand, runScript } from "./testing/run-script.ts";

const root = join(import.meta.dirname, "../../..");
const examples = join(root, "examples");
const home = temporaryHome();
const run = (name: string) => runScript(join(examples, name), [], { FLAXEN_HOME: home });
const number = (text: string, name: string) => Number(new RegExp(`${name} ([\\d.]+)`).exec(text)?.[1]);

test("the README's shell block ends with the test accuracy, a digit and its prediction", {
  timeout: 600_000,
}, async () => {
  const blocks = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```sh\n([\s\S]*?)^```$/gm)];
  expect(blocks.map(([, block]) => block)).toEqual(["npm run quickstart\n"]);
  const { code, stdout, stderr } = await runCommand("npm", ["run", "quickstart"], { FLAXEN_HOME: home }, root);
  expect([code, stderr.match(/\bError\b.*/)?.[0]]).toEqual([0, undefined]);
  expect(stderr).toMatch(
    /epoch 2\/2 {2}step \d+\/1876 {2}loss [\d.]+ {2}accuracy [\d.]+ {2}[\d.]+ steps\/s {2}\d+:\d\d left/,
  );
  const lines = stdout.trimEnd().split("\n");
  expect(lines.at(-1)).toMatch(/^test accuracy 0\.\d{4}$/);
  expect(number(stdout, "test accuracy")).toBeGreaterThanOrEqual(0.985);
  expect(stdout).toMatch(/[@%#]{2}/);
  expect(stdout).toContain("prediction 7, ");
  for (const what of ["Python", "log"])
    expect(existsSync(new RegExp(`^${what}: (.+)$`, "m").exec(stdout)?.[1] ?? "")).toBe(true);
});

test("csv-regression.ts fits its table", async () => {
  const { code, stdout } = await run("csv-regression.ts");
  expect(code).toBe(0);
  expect(number(stdout, "validation rmse")).toBeLessThan(0.15);
  expect(number(stdout, "r2")).toBeGreaterThan(0.98);
  // (21 + 8) * (0.18 + 0.012 * 6) - 0.3 kW of heat at an efficiency of 2.5 - 0.64.
  expect(Math.abs(number(stdout, "a freezing night:") - 3.77)).toBeLessThan(0.3);
});

test("two-heads.ts predicts digit and parity", async () => {
  const { code, stdout } = await run("two-heads.ts");
  expect(code).toBe(0);
  expect(number(stdout, "digit accuracy")).toBeGreaterThan(0.93);
  expect(number(stdout, "parity accuracy")).toBeGreaterThan(0.95);
  expect(stdout.match(/^\d is (even|odd) \(label \d\)$/gm)).toHaveLength(5);
});

test("detached.ts starts a run that another process goes on with", async () => {
  const started = await run("detached.ts");
  const [, id] = /^started (\S+);/.exec(started.stdout) ?? [];
  expect([started.code, id?.startsWith("r_")]).toEqual([0, true]);
  const watched = await runScript(join(examples, "detached.ts"), [id as string], { FLAXEN_HOME: home });
  expect(watched.code).toBe(0);
  expect(number(watched.stdout, "validation accuracy")).toBeGreaterThan(0.93);
});

describe("server.ts", () => {
  let server: ChildProcess;
  let address: string;
  let printed = "";
  beforeAll(async () => {
    server = spawn(process.execPath, ["--conditions=@flaxen/source", join(examples, "server.ts")], {
      env: { ...process.env, FLAXEN_HOME: home, PORT: "0" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    server.stdout?.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
    await until(() => printed.includes("listening on "));
    address = /http:\S+/.exec(printed)?.[0] as string;
  });
  afterAll(() => {
    server.kill();
  });

  const until = async (holds: () => boolean, milliseconds = 20_000): Promise<void> => {
    const deadline = Date.now() + milliseconds;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`waited in vain; the server printed:\n${printed}`);
      await sleep(20);
    }
  };
  const post = (body: object, signal?: AbortSignal) =>
    fetch(`${address}/runs`, { method: "POST", body: JSON.stringify(body), ...(signal ? { signal } : {}) });

  test("a request trains and gets the run's events as server-sent events", async () => {
    const response = await post({ learningRate: 0.003, epochs: 3 });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const events = (await response.text())
      .trimEnd()
      .split("\n\n")
      .map((block) => /^event: (.*)\ndata: (.*)$/.exec(block) as RegExpExecArray)
      .map(([, name, data]) => ({ name, data: JSON.parse(data as string) }));
    expect(events.filter(({ name }) => name === "epoch").map(({ data }) => data.epoch)).toEqual([0, 1, 2]);
    expect(events.at(-1)).toMatchObject({ name: "run.ended", data: { reason: "completed" } });
    expect(events.at(-1)?.data.metrics["val/digit/accuracy"]).toBeGreaterThan(0.8);
  });

  test("a caller who leaves ends the run", async () => {
    const caller = new AbortController();
    const response = await post({ epochs: 1_000_000 }, caller.signal);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    while (!seen.includes("event: epoch")) seen += (await reader?.read())?.value ?? "";
    const run = /"run":"(r_\w+)"/.exec(seen)?.[1] as string;
    caller.abort();
    await until(() => printed.includes(`${run} cancelled`));
    await until(() => processesWith(run).length === 0, 4_000);
  });

  test("a bad request is told why, and anything else is not found", async () => {
    const response = await post({ epochs: -1 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "bad-parameter", message: expect.stringContaining("epochs") });
    expect((await fetch(address)).status).toBe(404);
  });
});
