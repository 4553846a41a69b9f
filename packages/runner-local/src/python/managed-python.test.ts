import { chmod, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PythonMissingError, PythonTooOldError } from "@flaxen/runner";
import { afterEach, expect, test, vi } from "vitest";
import { temporaryFolder } from "../testing/programs.ts";
import { findPython } from "./find-python.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A PATH with nothing but a uv that answers as told; returns the folder and a usable Python that is not on the PATH. */
const uvAlone = async (answers: string) => {
  const { executable } = await findPython();
  const folder = await temporaryFolder();
  await writeFile(join(folder, "uv"), `#!/bin/sh\nrest="$*"\ncase "$rest" in\n${answers}\nesac\n`);
  await chmod(join(folder, "uv"), 0o755);
  await symlink(executable, join(folder, "its-own"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("FLAXEN_PYTHON", "");
  return { folder, executable };
};

test("one that uv knows of is taken, and none is installed", async () => {
  const { folder } = await uvAlone(`"python find "*) echo "\${0%/*}/its-own";;\n*) /usr/bin/touch "$0.installed";;`);
  expect((await findPython()).version[0]).toBe(3);
  expect((await readdir(folder)).sort()).toEqual(["its-own", "uv"]);
});

test("where there is none, uv installs one, and says so", async () => {
  const { folder } = await uvAlone(
    [
      `"python find "*--system*) exit 2;;`,
      `"python install "*) /usr/bin/touch "$0.installed";;`,
      `"python find --managed-python 3.13"*) echo "\${0%/*}/its-own";;`,
    ].join("\n"),
  );
  const told: string[] = [];
  const { version } = await findPython({ onProgress: (text) => told.push(text) });
  expect(version[1]).toBeGreaterThanOrEqual(11);
  expect(told).toEqual(["No usable Python was found: uv installs Python 3.13"]);
  expect(await readdir(folder)).toContain("uv.installed");
});

test("a network that does not allow it is told, with what to do", async () => {
  const cause = "error: Failed to download\\n  cause: dns error";
  await uvAlone(`"python install "*) printf '${cause}' >&2; exit 1;;\n*) exit 2;;`);
  await expect(findPython()).rejects.toSatisfy(
    (error) =>
      PythonMissingError.isInstance(error) &&
      error.tried.at(-1)?.startsWith("uv could not install Python 3.13: dns error. Where the network does not") ===
        true &&
      error.message.includes("UV_PYTHON_INSTALL_MIRROR"),
  );
});

test("who only looks installs nothing; who names an interpreter means that one", async () => {
  const { folder } = await uvAlone(`*) /usr/bin/touch "$0.$2"; exit 2;;`);
  await expect(findPython({ install: false })).rejects.toSatisfy((error) => PythonMissingError.isInstance(error));
  expect(await readdir(folder)).not.toContain("uv.install");
  await expect(findPython({ python: "/nowhere/python" })).rejects.toThrow("/nowhere/python: not found");
  expect(await readdir(folder)).not.toContain("uv.install");
});

test("an old Python without uv stays the reason", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "python3"), `#!/bin/sh\necho '["/usr/bin/python3", [3, 9, 2], true]'\n`);
  await chmod(join(folder, "python3"), 0o755);
  vi.stubEnv("PATH", folder);
  vi.stubEnv("FLAXEN_PYTHON", "");
  await expect(findPython()).rejects.toSatisfy((error) => PythonTooOldError.isInstance(error));
});
