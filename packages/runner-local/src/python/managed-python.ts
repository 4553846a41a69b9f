import { execa } from "execa";
import { pythonVariables } from "./variables.ts";

/** What is installed where there is none: every package of the locks has wheels for it. */
const version = "3.13";
const minute = 60_000;

export interface Managed {
  /** Interpreters that uv knows of or has installed, the better first. */
  readonly names: readonly string[];
  /** Why there is none, and what to do about it. */
  readonly problems: readonly string[];
}

export interface ManagedOptions {
  readonly install?: boolean | undefined;
  readonly onProgress?: ((text: string) => void) | undefined;
}

/**
 * What uv can do where the PATH has no usable Python: name one that it knows of, or else install one of its own.
 * Nothing at all without uv.
 */
export const managedPython = async ({ install = true, onProgress }: ManagedOptions): Promise<Managed> => {
  const known = await uv(["find", "--no-project", "--system", "--no-python-downloads", ">=3.11"], minute);
  if (known === undefined) return { names: [], problems: [] };
  if (known.path !== "") return { names: [known.path], problems: [] };
  if (!install)
    return { names: [], problems: [`uv has none yet, and would install Python ${version} for the first run`] };
  onProgress?.(`No usable Python was found: uv installs Python ${version}`);
  const installed = await uv(["install", "--no-progress", version], 10 * minute);
  const found = installed?.failed === undefined ? await uv(["find", "--managed-python", version], minute) : undefined;
  if (found && found.path !== "") return { names: [found.path], problems: [] };
  const why = installed?.failed ?? found?.failed ?? "it installed none";
  const advice = "Where the network does not allow it, set UV_PYTHON_INSTALL_MIRROR to a mirror of your own";
  return {
    names: [],
    problems: [`uv could not install Python ${version}: ${why}. ${advice}, or install Python yourself`],
  };
};

interface Answer {
  /** What it printed; empty when it failed. */
  readonly path: string;
  readonly failed: string | undefined;
}

/** Undefined where there is no uv. */
const uv = async (args: readonly string[], timeout: number): Promise<Answer | undefined> => {
  const ran = await execa("uv", ["python", ...args, "--color", "never"], {
    reject: false,
    env: pythonVariables(),
    extendEnv: false,
    stdin: "ignore",
    timeout,
  });
  if (ran.code === "ENOENT" || ran.code === "EACCES") return undefined;
  if (ran.timedOut) return { path: "", failed: `it was not done after ${timeout / 1000} s` };
  if (ran.failed) return { path: "", failed: lastCause(ran.stderr ?? "") };
  return { path: ran.stdout.trim(), failed: undefined };
};

/** uv tells an error as a chain, the cause at its end. */
const lastCause = (printed: string): string => {
  const last = printed.trim().split("\n").at(-1)?.trim();
  return last?.replace(/^(cause|error|Caused by):\s*/, "") || "it failed without a word";
};
