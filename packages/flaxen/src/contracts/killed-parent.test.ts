import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { processesWith } from "../testing/processes.ts";

const script = join(import.meta.dirname, "../testing/train-attached.ts");
const predicting = join(import.meta.dirname, "../testing/predict-attached.ts");
/** While steps are being written, and ten random moments, one in each tenth of the time from the start to well into the training. */
const moments = Array.from({ length: 10 }, (_, tenth) => `after ${Math.round(100 + 650 * (tenth + Math.random()))} ms`);

/** The complete lines of every log below a home, each a JSON object; throws for a line that is none. */
const logsBelow = (home: string): readonly (readonly Record<string, unknown>[])[] => {
  const runs = join(home, "runs");
  return (existsSync(runs) ? readdirSync(runs) : [])
    .map((run) => join(runs, run, "attempt-1", "events.jsonl"))
    .filter((path) => existsSync(path))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      return whole
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    });
};

describe("contracts: kill -9 of the Node process leaves nothing behind", () => {
  test.each([...moments, "while it trains"])("%s", async (moment) => {
    const home = temporaryHome();
    const child = spawn(process.execPath, ["--conditions=@flaxen/source", script, home], { stdio: "ignore" });
    const gone = new Promise((resolve) => child.once("close", resolve));
    const wait = /\d+/.exec(moment);
    if (wait) await sleep(Number(wait[0]));
    else
      while (
        !logsBelow(home)
          .flat()
          .some(({ type }) => type === "steps")
      )
        await sleep(50);
    expect(child.exitCode).toBe(null);
    child.kill("SIGKILL");
    await gone;
    const killed = Date.now();
    while (processesWith(home).length > 0 && Date.now() - killed < 2_000) await sleep(20);
    expect(processesWith(home)).toEqual([]);

    const logs = logsBelow(home);
    for (const lines of logs) {
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index));
      if (lines.length > 0) expect(lines.at(-1)).toMatchObject({ type: "run.ended", reason: "abandoned" });
    }
  });

  test("while its Python environment is built", async () => {
    const home = mkdtempSync(join(tmpdir(), "flaxen-fresh-"));
    const env = { ...process.env, FLAXEN_TEST_PYTHON: undefined };
    const child = spawn(process.execPath, ["--conditions=@flaxen/source", script, home], { stdio: "ignore", env });
    const gone = new Promise((resolve) => child.once("close", resolve));
    while (
      !logsBelow(home)
        .flat()
        .some(({ type }) => type === "env.progress")
    )
      await sleep(10);
    child.kill("SIGKILL");
    await gone;
    const killed = Date.now();
    while (processesWith(home).length > 0 && Date.now() - killed < 2_000) await sleep(20);
    expect(processesWith(home)).toEqual([]);
    expect(logsBelow(home).flat().at(-1)).toMatchObject({ type: "run.ended", reason: "abandoned" });
  });

  test("not even the process that predicts", async () => {
    const home = temporaryHome();
    const child = spawn(process.execPath, ["--conditions=@flaxen/source", predicting, home], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = new Promise((resolve) => child.once("close", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect(processesWith("flaxen.predict").some((pid) => processesWith(home).includes(pid))).toBe(true);
    child.kill("SIGKILL");
    await gone;
    const killed = Date.now();
    while (processesWith(home).length > 0 && Date.now() - killed < 2_000) await sleep(20);
    expect(processesWith(home)).toEqual([]);
  });
});
