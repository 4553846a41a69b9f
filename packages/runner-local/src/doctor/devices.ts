import { execa } from "execa";
import { pythonVariables } from "../python/variables.ts";
import { counted, type Finding, finding } from "./finding.ts";
import type { FoundEnvironment } from "./found-environment.ts";
import type { Patient } from "./patient.ts";

const look = [
  "import json, jax",
  "print(json.dumps([jax.__version__, [[each.platform, each.device_kind] for each in jax.devices()]]))",
].join("\n");

/** What JAX sees, asked in the environment itself. */
export const examineDevices = async (patient: Patient): Promise<readonly Finding[]> => {
  const found = await patient.environment();
  if (!found) return [finding("devices", "warning", "JAX was not asked: there is no Python yet")];
  if (found.python === null) return [finding("devices", "ok", "JAX was not asked: its environment is not built yet")];
  return [await ask(found, found.python, patient.patience)];
};

const ask = async (found: FoundEnvironment, python: string, patience: number): Promise<Finding> => {
  const told = await execa(python, ["-c", look], {
    reject: false,
    timeout: patience - 1_000,
    stdin: "ignore",
    // A look must not take the memory that a run on the GPU has or needs.
    env: pythonVariables({ XLA_PYTHON_CLIENT_PREALLOCATE: "false" }),
    extendEnv: false,
  });
  if (told.timedOut) {
    const advice = "Is the machine very busy, or its GPU taken by a process that hangs?";
    return finding("devices", "problem", `JAX found no device within ${Math.round(patience / 1000)} s`, advice);
  }
  if (told.failed) {
    const last = told.stderr.trim().split("\n").at(-1) ?? "";
    return finding(
      "devices",
      "problem",
      `JAX does not work: ${last}`,
      `Delete the environment ${found.key}: it is built anew.`,
    );
  }
  const [version, devices] = JSON.parse(told.stdout.trim().split("\n").at(-1)!) as [string, [string, string][]];
  return judgeDevices(found, version, devices, process.env.JAX_PLATFORMS);
};

/** @param devices platform and kind of each: ["gpu", "NVIDIA H100"] */
export const judgeDevices = (
  { accelerator, key }: Pick<FoundEnvironment, "accelerator" | "key">,
  version: string,
  devices: readonly (readonly [string, string])[],
  platforms?: string,
): Finding => {
  const gpus = devices.filter(([platform]) => platform === "gpu");
  if (gpus.length > 0) {
    return finding("devices", "ok", `JAX ${version} sees ${counted(gpus.length, "GPU")}: ${gpus[0]![1]}`);
  }
  const sees = `JAX ${version} sees ${counted(devices.length, "CPU device")}`;
  if (accelerator === "cpu") return finding("devices", "ok", sees);
  const advice = platforms
    ? `JAX_PLATFORMS is set to "${platforms}": unset it.`
    : `Delete the environment ${key} so that it is built anew; if that does not help, update the driver.`;
  return finding("devices", "problem", `${sees}, though this machine has a GPU`, advice);
};
