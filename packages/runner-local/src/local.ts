import { join, resolve } from "node:path";
import { RunCancelledError, type Runner, type RunSource, runFromLog } from "@flaxen/runner";
import { writeRequest } from "./folder/control.ts";
import { fileCarrier } from "./folder/file-carrier.ts";
import { writeRunFolder } from "./folder/run-folder.ts";
import { newRunId } from "./folder/run-id.ts";
import { flaxenHome } from "./home.ts";
import { ensureEnvironment } from "./python/ensure-environment.ts";
import { findPython, type Python } from "./python/find-python.ts";
import { sharedSupervisor } from "./supervisor/shared.ts";

export interface LocalOptions {
  /** Folder of the runs' folders; `<home>/runs` by default. */
  readonly root?: string | undefined;
  /** Folder of environments and caches; `FLAXEN_HOME` or `~/.flaxen` by default. */
  readonly home?: string | undefined;
  /** The interpreter that environments are made with; `FLAXEN_PYTHON` or the newest found by default. */
  readonly python?: string | undefined;
  /** A Python environment of your own, its folder or its interpreter: used as it is, nothing is built. */
  readonly environment?: string | undefined;
}

export interface LocalRunner extends Runner {
  /**
   * Absolute path of an interpreter with the named environment, built when it is not there yet: what predicts.
   *
   * @throws PythonMissingError, PythonTooOldError, EnvironmentError, DiskFullError
   */
  interpreter(environment: string): Promise<string>;
}

/**
 * Runs jobs on this machine, in processes of their own. A run ends with the process that started it, however that ends.
 *
 * @throws (on submit) PythonMissingError, PythonTooOldError, DiskFullError, FolderNotWritableError,
 *   DataError (missing-file), RunCancelledError
 */
export const local = (options: LocalOptions = {}): LocalRunner => {
  const home = flaxenHome(options.home);
  const root = resolve(options.root ?? join(home, "runs"));
  let python: Promise<Python> | undefined;

  const basePython = () => {
    python ??= findPython(options).catch((error: unknown) => {
      python = undefined;
      throw error;
    });
    return python;
  };

  return {
    specification: 1,
    name: "local",
    interpreter: async (name) => {
      const { executable } = await basePython();
      if (options.environment !== undefined) return executable;
      return (await ensureEnvironment({ name, home, python: executable })).python;
    },
    submit: async (job, { signal } = {}) => {
      refuseIfAborted(signal);
      const { executable } = await basePython();
      refuseIfAborted(signal);
      const id = newRunId();
      const folder = await writeRunFolder(root, id, job);
      const supervisor = sharedSupervisor({ python: executable, home });
      await supervisor.submit(folder, options.environment === undefined ? undefined : executable);
      const source: RunSource = {
        id,
        folder,
        carrier: fileCarrier(folder, async () => {
          const cause = supervisor.death;
          return cause === undefined ? { alive: true } : { alive: false, cause };
        }),
        origins: { sourceMap: job.program.sourceMap, sites: job.sites, dataSite: job.dataSite },
        request: (verb) => writeRequest(folder, verb),
        artifactPath: async (name) => join(folder, "artifacts", name),
        signal,
      };
      return runFromLog(source);
    },
  };
};

const refuseIfAborted = (signal: AbortSignal | undefined) => {
  if (signal?.aborted) throw new RunCancelledError(undefined);
};
