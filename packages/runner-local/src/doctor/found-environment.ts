import { execa } from "execa";
import { findPython } from "../python/find-python.ts";
import { supervisorSources } from "../python/sources.ts";
import { pythonVariables } from "../python/variables.ts";

/** The environment "base" as the next run would find it. */
export interface FoundEnvironment {
  readonly key: string;
  /** Its interpreter; null when it is still to be built. */
  readonly python: string | null;
  /** "cpu", "cuda12" */
  readonly accelerator: string;
  /** First number of the NVIDIA driver's version; null without one. */
  readonly driver: number | null;
}

/** Undefined where there is no Python to ask. */
export const findEnvironment = async (
  home: string,
  python: string | undefined,
  patience: number,
): Promise<FoundEnvironment | undefined> => {
  const base = await findPython({ python, install: false }).catch(() => undefined);
  if (!base) return undefined;
  const command = ["-m", "flaxen_supervisor.environment", "find", "--name=base", `--home=${home}`];
  const { stdout } = await execa(base.executable, command, {
    cwd: supervisorSources(),
    env: pythonVariables(),
    extendEnv: false,
    stdin: "ignore",
    timeout: patience,
  });
  const told = JSON.parse(stdout) as FoundEnvironment & { readonly type: string; readonly message?: string };
  return told.type === "found" ? told : undefined;
};
