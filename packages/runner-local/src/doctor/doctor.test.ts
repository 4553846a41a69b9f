import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { findPython } from "../python/find-python.ts";
import { temporaryFolder } from "../testing/programs.ts";
import { judgeDevices } from "./devices.ts";
import { judgeDisk } from "./disk.ts";
import { doctor } from "./doctor.ts";
import { judgeDriver } from "./driver.ts";
import { judgeMemory } from "./memory.ts";
import { judgeNode } from "./node.ts";
import { renderDiagnosis } from "./render.ts";
import { TooSlow, within } from "./within.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder of programs that is the whole PATH. */
const path = async (programs: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", folder);
  vi.stubEnv("FLAXEN_PYTHON", "");
  return folder;
};

const about = async (topic: string, options: Parameters<typeof doctor>[0]) => {
  const { findings } = await doctor(options);
  return findings.filter((finding) => finding.topic === topic);
};

test("where nothing is installed it says so, with what to do, and leaves nothing behind", async () => {
  await path({});
  const home = await temporaryFolder();
  const { ok, findings } = await doctor({ home });
  expect(ok).toBe(false);
  const python = findings.find(({ topic }) => topic === "python");
  expect(python).toMatchObject({ verdict: "problem", text: "none was found" });
  expect(python?.advice).toContain("Install Python 3.11 or newer with its venv module");
  expect(findings.filter(({ verdict }) => verdict === "problem")).toHaveLength(1);
  expect(await readdir(home)).toEqual([]);
});

test("every look has at least one finding, and a real Python is named with its version", async () => {
  const { executable, version } = await findPython();
  const { findings } = await doctor({ home: await temporaryFolder(), python: executable });
  expect([...new Set(findings.map(({ topic }) => topic))].sort()).toEqual(
    ["devices", "disk", "driver", "environments", "folders", "memory", "node", "python", "sockets"].sort(),
  );
  const python = findings.find(({ topic }) => topic === "python");
  expect(python?.text).toContain(`Python ${version.join(".")} (${executable})`);
  expect(findings.find(({ topic }) => topic === "environments")?.text).toMatch(/^base-py3.*is built for the first run/);
});

test("an old Python and one that makes no environments are told apart", async () => {
  const old = await path({ python3: `echo '["/usr/bin/python3", [3, 9, 2], true]'` });
  expect(await about("python", { home: old })).toMatchObject([
    { verdict: "problem", text: "/usr/bin/python3 is Python 3.9.2; Flaxen needs 3.11 or newer." },
  ]);
  const bare = await path({ python3: `echo '["/usr/bin/python3", [3, 12, 0], false]'` });
  expect(await about("python", { home: bare })).toMatchObject([
    { verdict: "problem", text: expect.stringContaining("lacks its venv module") },
  ]);
});

test("with uv a missing Python is no problem, and none is installed by looking", async () => {
  const folder = await path({
    uv: 'case "$*" in --version) echo "uv 0.9.1 (x)";; *install*) touch "$0.ran";; *) exit 1;; esac',
  });
  expect(await about("python", { home: folder })).toMatchObject([
    { verdict: "warning", text: expect.stringContaining("uv 0.9.1 installs one for the first run") },
  ]);
  expect(await readdir(folder)).toEqual(["uv"]);
});

test("environments that stand, that lost their interpreter and that were never finished are told apart", async () => {
  const home = await temporaryFolder();
  const make = async (name: string, files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) {
      await mkdir(join(home, "environments", name, file, ".."), { recursive: true });
      await writeFile(join(home, "environments", name, file), text);
    }
  };
  await make("base-a", { "flaxen.json": '{"packages": ["einops==0.8.1"]}', "bin/python": "" });
  await make("base-b", { "flaxen.json": "{}" });
  await make("base-c", { "bin/python": "" });
  await make(".base-d.1.building", { "bin/python": "" });
  const findings = await about("environments", { home, python: "/nowhere" });
  expect(findings.map(({ verdict, text }) => [verdict, text.split(/:|,/)[0]])).toEqual([
    ["ok", "base-a with einops==0.8.1 is ready"],
    ["warning", "base-b cannot be used"],
    ["warning", "base-c cannot be used"],
    ["ok", `1 unfinished in ${join(home, "environments")}`],
  ]);
});

test("a place where nothing can be written is a problem, and nothing hangs on it", async () => {
  const findings = await about("folders", { home: "/proc/nohome", python: "/nowhere" });
  expect(findings[0]).toMatchObject({ verdict: "problem", text: expect.stringContaining("/proc/nohome") });
});

test("a path too long for a socket is led elsewhere", async () => {
  const root = join(await temporaryFolder(), "x".repeat(90));
  const [finding] = await about("sockets", { home: root, root, python: "/nowhere" });
  expect(finding).toMatchObject({ verdict: "ok", text: expect.stringContaining("too long for one") });
});

test("what gives no answer is left, and told", async () => {
  const folder = await path({ "nvidia-smi": "exec /bin/sleep 30" });
  vi.stubEnv("PATH", `${folder}${delimiter}/nowhere`);
  const started = Date.now();
  const findings = await about("driver", { home: folder, patience: 500 });
  expect(findings).toEqual([
    { topic: "driver", verdict: "warning", text: "could not be looked at: no answer within 0.5 s", advice: undefined },
  ]);
  expect(Date.now() - started).toBeLessThan(10_000);
  await expect(within(10, new Promise(() => {}))).rejects.toBeInstanceOf(TooSlow);
});

test.each([
  [judgeNode("22.13.0"), "ok"],
  [judgeNode("24.0.1"), "ok"],
  [judgeNode("22.12.9"), "problem"],
  [judgeNode("18.20.0"), "problem"],
  [judgeDriver(0, "550.54.15, NVIDIA H100\n550.54.15, NVIDIA H100"), "ok"],
  [judgeDriver(0, "525.60.13, Tesla T4"), "ok"],
  [judgeDriver(0, "470.82.01, Tesla K80"), "problem"],
  [judgeDriver(9, "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."), "problem"],
  [judgeDriver(0, "No devices were found"), "problem"],
  [judgeMemory(8e9), "ok"],
  [judgeMemory(1.5e9), "warning"],
  [judgeMemory(0.3e9), "problem"],
  [judgeDisk("/home", 50e9), "ok"],
  [judgeDisk("/home", 3e9), "warning"],
  [judgeDisk("/home", 0.2e9), "problem"],
  [judgeDevices({ accelerator: "cpu", key: "base" }, "0.10.2", [["cpu", "cpu"]]), "ok"],
  [judgeDevices({ accelerator: "cuda12", key: "base" }, "0.10.2", [["gpu", "NVIDIA H100"]]), "ok"],
  [judgeDevices({ accelerator: "cuda12", key: "base" }, "0.10.2", [["cpu", "cpu"]]), "problem"],
])("%j", (finding, verdict) => {
  expect(finding.verdict).toBe(verdict);
  expect(finding.advice === undefined).toBe(verdict === "ok");
});

test("a GPU that a variable hides is told by the variable", () => {
  const found = judgeDevices({ accelerator: "cuda12", key: "base" }, "0.10.2", [["cpu", "cpu"]], "cpu");
  expect(found.advice).toBe('JAX_PLATFORMS is set to "cpu": unset it.');
});

test("as text: a line each, what to do below it, and what it comes to", () => {
  const findings = [judgeNode("24.0.0"), judgeMemory(0.3e9)];
  expect(renderDiagnosis({ ok: false, findings })).toBe(
    [
      "ok       node    Node.js 24.0.0",
      "problem  memory  only 0.3 GB of memory are free: JAX itself takes 0.5 GB",
      "                 → Close other programs, give the container more, or train on less data at once.",
      "",
      "One problem to solve.",
    ].join("\n"),
  );
  expect(renderDiagnosis({ ok: true, findings: [judgeNode("24.0.0")] }, { color: true })).toContain("\x1b[32mok");
});
