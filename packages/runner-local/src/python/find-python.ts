import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { PythonMissingError, PythonTooOldError } from "@flaxen/runner";
import { execa } from "execa";
import { pythonVariables } from "./variables.ts";

export interface Python {
  /** Absolute path of the interpreter itself, whatever wrapper it was found through. */
  readonly executable: string;
  /** [3, 13, 0] */
  readonly version: readonly [number, number, number];
}

export interface FindPythonOptions {
  /** An interpreter, or a name to look for on the PATH; nothing else is tried then. */
  readonly python?: string | undefined;
  /** An environment that is there already: its folder or its interpreter. It needs neither venv nor uv. */
  readonly environment?: string | undefined;
}

const newestFirst = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"];
const oldest = [3, 11] as const;
const about = [
  "import importlib.util, json, shutil, sys",
  "venv = all(importlib.util.find_spec(name) for name in ('venv', 'ensurepip'))",
  "print(json.dumps([sys.executable, sys.version_info[:3], venv or bool(shutil.which('uv'))]))",
].join("\n");

/**
 * The Python to work with: the one asked for (`python`, `FLAXEN_PYTHON`), else the newest usable on the PATH. Each is run
 * to see what it is: a name on the PATH may be a wrapper that leads nowhere.
 *
 * @throws PythonMissingError, PythonTooOldError
 */
export const findPython = async (options: FindPythonOptions = {}): Promise<Python> => {
  const given = options.environment === undefined ? undefined : interpreterOf(options.environment);
  const named = given ?? options.python ?? (process.env.FLAXEN_PYTHON || undefined);
  const problems: string[] = [];
  let old: { readonly name: string; readonly version: string } | undefined;
  for (const name of named === undefined ? newestFirst : [named]) {
    const found = await look(name);
    if (typeof found === "string") {
      problems.push(`${name}: ${found}`);
      continue;
    }
    const { executable, version, builds } = found;
    const [major, minor] = version;
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
      old ??= { name: executable, version: version.join(".") };
      problems.push(`${name}: is Python ${version.join(".")}`);
    } else if (!builds && given === undefined) {
      problems.push(`${name}: Python ${version.join(".")} lacks its venv module, and there is no uv`);
    } else {
      return { executable, version };
    }
  }
  if (old && problems.every((problem) => !problem.includes("lacks its venv"))) {
    throw new PythonTooOldError(old.name, old.version);
  }
  throw new PythonMissingError(problems);
};

interface Look extends Python {
  /** Whether it can make environments. */
  readonly builds: boolean;
}

const look = async (name: string): Promise<Look | string> => {
  const ran = await execa(name, ["-c", about], {
    reject: false,
    env: pythonVariables(),
    extendEnv: false,
    timeout: 20_000,
  });
  if (ran.code === "ENOENT") return "not found";
  if (ran.code === "EACCES") return "is no program that may be run";
  if (ran.timedOut) return "gave no answer within 20 s";
  if (ran.failed) return ran.stderr?.trim().split("\n")[0] || "does not run";
  try {
    const [executable, version, builds] = JSON.parse(ran.stdout) as [string, [number, number, number], boolean];
    return { executable, version, builds };
  } catch {
    return `it is no Python 3: it prints ${JSON.stringify(ran.stdout.slice(0, 80))}`;
  }
};

const interpreterOf = (environment: string): string => {
  const path = resolve(environment);
  return existsSync(path) && statSync(path).isDirectory() ? join(path, "bin", "python") : path;
};
