import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { PythonMissingError, PythonTooOldError } from "@flaxen/runner";
import { execa } from "execa";
import { managedPython } from "./managed-python.ts";
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
  /** Whether uv, where there is one, may install a Python when none is found. @defaultValue true */
  readonly install?: boolean | undefined;
  /** Told when one has to be installed. */
  readonly onProgress?: ((text: string) => void) | undefined;
}

const newestFirst = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python"];
const oldest = [3, 11] as const;
const about = [
  "import importlib.util, json, shutil, sys",
  "venv = all(importlib.util.find_spec(name) for name in ('venv', 'ensurepip'))",
  "print(json.dumps([sys.executable, sys.version_info[:3], venv or bool(shutil.which('uv'))]))",
].join("\n");

/**
 * The Python to work with: the one asked for (`python`, `FLAXEN_PYTHON`), else the newest usable on the PATH, else one that
 * uv knows of or installs. Each is run to see what it is: a name on the PATH may be a wrapper that leads nowhere.
 *
 * @throws PythonMissingError, PythonTooOldError
 */
export const findPython = async (options: FindPythonOptions = {}): Promise<Python> => {
  const given = options.environment === undefined ? undefined : interpreterOf(options.environment);
  const named = given ?? options.python ?? (process.env.FLAXEN_PYTHON || undefined);
  const search: Search = { mustBuild: given === undefined, problems: [], old: [] };
  const found = await firstUsable(named === undefined ? newestFirst : [named], search);
  if (found) return found;
  const managed = named === undefined ? await managedPython(options) : undefined;
  const other = await firstUsable(managed?.names ?? [], search);
  if (other) return other;
  search.problems.push(...(managed?.problems ?? []));
  const [old] = search.old;
  if (old && search.problems.every((problem) => !problem.includes("lacks its venv") && !problem.startsWith("uv "))) {
    throw new PythonTooOldError(old.executable, old.version.join("."));
  }
  throw new PythonMissingError(search.problems);
};

interface Search {
  /** Whether it has to make environments. */
  readonly mustBuild: boolean;
  readonly problems: string[];
  readonly old: Python[];
}

const firstUsable = async (names: readonly string[], search: Search): Promise<Python | undefined> => {
  for (const name of names) {
    const found = await look(name);
    if (typeof found === "string") {
      search.problems.push(`${name}: ${found}`);
      continue;
    }
    const { executable, version, builds } = found;
    const [major, minor] = version;
    if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
      search.old.push(found);
      search.problems.push(`${name}: is Python ${version.join(".")}`);
    } else if (!builds && search.mustBuild) {
      search.problems.push(`${name}: Python ${version.join(".")} lacks its venv module, and there is no uv`);
    } else {
      return { executable, version };
    }
  }
  return undefined;
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
