import { resolve } from "node:path";
import { DiskFullError, EnvironmentError } from "@flaxen/runner";
import { execa } from "execa";
import { flaxenHome } from "../home.ts";
import { findPython } from "./find-python.ts";
import { supervisorSources } from "./sources.ts";
import { pythonVariables } from "./variables.ts";

export interface EnsureEnvironmentOptions {
  /** "base" by default. */
  readonly name?: string | undefined;
  /** Folder that environments lie in; `FLAXEN_HOME` or `~/.flaxen` by default. */
  readonly home?: string | undefined;
  /** The interpreter that it is made with; `FLAXEN_PYTHON` or the newest found by default. */
  readonly python?: string | undefined;
  /** Packages of your own on top of the locked ones, which never change: `["einops==0.8.1"]`. */
  readonly packages?: readonly string[] | undefined;
  /** Folder of wheels: the only source then, for a machine without a network. */
  readonly wheelhouse?: string | undefined;
  /** "cpu" or "cuda12"; what the machine has by default. */
  readonly accelerator?: string | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
  /** Ends the building; nothing half-built stays. */
  readonly signal?: AbortSignal | undefined;
}

export interface PythonEnvironment {
  readonly key: string;
  /** Absolute path of its interpreter. */
  readonly python: string;
  /** False when it stood already. */
  readonly built: boolean;
  readonly seconds: number;
}

type Told =
  | ({ readonly type: "ready" } & PythonEnvironment)
  | { readonly type: "progress"; readonly text: string }
  | { readonly type: "failed"; readonly code: string; readonly message: string; readonly output: string };

/**
 * Makes one of the named Python environments ready: built once from a lock file with hashes, then shared by all runs.
 *
 * @throws PythonMissingError, PythonTooOldError, EnvironmentError, DiskFullError
 */
export const ensureEnvironment = async (options: EnsureEnvironmentOptions = {}): Promise<PythonEnvironment> => {
  const { name = "base", signal } = options;
  const home = flaxenHome(options.home);
  const { executable } = await findPython(options);
  const child = execa(
    executable,
    ["-m", "flaxen_supervisor.environment", "ensure", ...argumentsOf(options, name, home)],
    {
      cwd: supervisorSources(),
      env: pythonVariables(),
      extendEnv: false,
      reject: false,
      stdin: "ignore",
      ...(signal && { cancelSignal: signal }),
    },
  );
  let told: Told | undefined;
  for await (const line of child) {
    told = JSON.parse(line) as Told;
    if (told.type === "progress") options.onProgress?.(told.text);
  }
  const { stderr } = await child;
  signal?.throwIfAborted();
  if (told?.type === "ready") {
    const { key, python, built, seconds } = told;
    return { key, python, built, seconds };
  }
  if (told?.type !== "failed") throw new EnvironmentError(name, "the building process ended early.", stderr);
  if (told.code === "disk-full") {
    throw new DiskFullError(`the Python environment "${name}"`, home, { detail: told.output });
  }
  throw new EnvironmentError(name, told.message, told.output);
};

/** One word each: a value may look like an option. */
const argumentsOf = (options: EnsureEnvironmentOptions, name: string, home: string): readonly string[] => [
  `--name=${name}`,
  `--home=${home}`,
  ...(options.packages ?? []).map((text) => `--package=${text}`),
  ...(options.wheelhouse === undefined ? [] : [`--wheelhouse=${resolve(options.wheelhouse)}`]),
  ...(options.accelerator === undefined ? [] : [`--accelerator=${options.accelerator}`]),
];
