import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PythonMissingError, PythonTooOldError } from "@flaxen/runner";
import { expect, test, vi } from "vitest";
import { temporaryFolder } from "../testing/programs.ts";
import { findPython } from "./find-python.ts";

const script = async (text: string, name = "python"): Promise<string> => {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
};
const answering = (answer: string) => script(`echo '${answer}'`);

test("the one on the PATH is new enough and named by its real place", async () => {
  const { executable, version } = await findPython();
  expect(executable).toMatch(/^\//);
  expect(version[0] === 3 && version[1] >= 11).toBe(true);
  expect(await findPython({ python: executable })).toEqual({ executable, version });
});

test("a wrapper that leads nowhere is passed over, in words", async () => {
  const python = await script("echo 'shim: no version is set' >&2; exit 127");
  await expect(findPython({ python })).rejects.toSatisfy(
    (error) => PythonMissingError.isInstance(error) && error.message.includes("shim: no version is set"),
  );
});

test("a missing one is named", async () => {
  await expect(findPython({ python: "/nowhere/python" })).rejects.toSatisfy(
    (error) => PythonMissingError.isInstance(error) && error.message.includes("/nowhere/python: not found"),
  );
});

test("what may not be run is told in words, not by the command that tried", async () => {
  const python = join(await temporaryFolder(), "notes.txt");
  await writeFile(python, "no program");
  await expect(findPython({ python })).rejects.toSatisfy(
    (error) =>
      PythonMissingError.isInstance(error) && error.message.endsWith(`${python}: is no program that may be run`),
  );
});

test("an empty FLAXEN_PYTHON is as good as none", async () => {
  vi.stubEnv("FLAXEN_PYTHON", "");
  try {
    expect((await findPython()).executable).toMatch(/^\//);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("an old one is told from a missing one", async () => {
  const python = await answering('["/usr/bin/python3", [3, 9, 2], true]');
  await expect(findPython({ python })).rejects.toSatisfy(
    (error) =>
      PythonTooOldError.isInstance(error) &&
      error.message.startsWith("/usr/bin/python3 is Python 3.9.2; Flaxen needs 3.11 or newer."),
  );
});

test("one that can make no environments will not do, unless an environment is given", async () => {
  const answer = '["/usr/bin/python3", [3, 12, 0], false]';
  await expect(findPython({ python: await answering(answer) })).rejects.toSatisfy(
    (error) => PythonMissingError.isInstance(error) && error.message.includes("lacks its venv module"),
  );
  const folder = await temporaryFolder();
  await mkdir(join(folder, "bin"));
  await writeFile(join(folder, "bin/python"), `#!/bin/sh\necho '${answer}'\n`);
  await chmod(join(folder, "bin/python"), 0o755);
  expect(await findPython({ environment: folder })).toEqual({ executable: "/usr/bin/python3", version: [3, 12, 0] });
});

test("something that is no Python is told", async () => {
  await expect(findPython({ python: await answering("hello") })).rejects.toSatisfy(
    (error) => PythonMissingError.isInstance(error) && error.message.includes("it is no Python 3"),
  );
});
