import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { eject } from "../eject/eject.ts";
import { FolderNotEmptyError } from "../errors/run.ts";
import { temporaryHome } from "../testing/home.ts";
import { digitsExperiment } from "../testing/models.ts";
import { projectPython, runProject, stepColumn, temporaryFolder } from "../testing/project.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const execute = promisify(execFile);
const runner = testRunner(temporaryHome());

describe("contracts: the ejected folder trains without Flaxen, its losses identical to the run's", () => {
  test("env -i python train.py", async () => {
    const whole = digitsExperiment(3);
    const folder = temporaryFolder();
    await eject(whole, folder);

    const run = await train(whole, { runner });
    const losses: number[] = [];
    const epochs: string[] = [];
    for await (const event of run) {
      if (event.type === "step") losses.push(event.metrics.loss);
      if (event.type === "epoch") epochs.push(event.metrics["val/digit/loss"].toFixed(4));
    }
    const trained = await run.result();

    const python = await projectPython();
    const { stdout } = await execute("env", ["-i", python, "train.py"], { cwd: folder });
    for (const loss of epochs) expect(stdout).toContain(`val/digit/loss ${loss}`);
    expect(readFileSync(join(folder, "weights.safetensors")).equals(readFileSync(trained.weights.path))).toBe(true);

    const { events, code } = await runProject(folder);
    expect(code).toBe(0);
    expect(stepColumn(events, "loss")).toEqual(losses);
    expect(losses).toHaveLength(3 * 23);
  });

  test("its Python has no Flaxen but the folder's own modules", async () => {
    const python = await projectPython();
    const { stdout } = await execute(
      "env",
      ["-i", python, "-c", "import importlib.util; print(importlib.util.find_spec('flaxen'))"],
      { cwd: tmpdir() },
    );
    expect(stdout.trim()).toBe("None");
  });

  test("a folder that holds something is refused, unless it may be overwritten", async () => {
    const folder = temporaryFolder();
    await eject(digitsExperiment(), folder);
    await expect(eject(digitsExperiment(), folder)).rejects.toThrow(FolderNotEmptyError);
    await eject(digitsExperiment(5), folder, { overwrite: true });
    expect(JSON.parse(readFileSync(join(folder, "config.json"), "utf8")).epochs).toBe(5);
    const requirements = readFileSync(join(folder, "requirements.txt"), "utf8").trimEnd().split("\n");
    for (const line of requirements) expect(line).toMatch(/^[a-z-]+==\d[\w.]*( ; python_version [<>=]+ "3\.\d+")?$/);
    const packages = new Set(requirements.map((line) => line.split("==")[0]));
    expect([...packages]).toEqual(expect.arrayContaining(["flax", "jax", "numpy", "optax", "safetensors"]));
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/python train\.py/);
  });
});
