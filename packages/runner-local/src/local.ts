import { join, resolve } from "node:path";
import { callSite } from "@flaxen/errors";
import type { Attach, Job, Run, RunListing, Runner, SubmitOptions } from "@flaxen/runner";
import { listRuns } from "./folder/list-runs.ts";
import { flaxenHome } from "./home.ts";
import { checkLocalOptions, type LocalOptions } from "./options/local-options.ts";
import {
  checkAttachOptions,
  checkRestartOptions,
  checkSubmitOptions,
  type RestartOptions,
} from "./options/run-options.ts";
import { ensureEnvironment } from "./python/ensure-environment.ts";
import { attachRun } from "./run/attach.ts";
import { type Place, prepareRequest } from "./run/place.ts";
import { restartRun } from "./run/restart.ts";
import { sharedPython } from "./run/shared-python.ts";
import { submitRun } from "./run/submit.ts";
import { sharedSupervisor } from "./supervisor/shared.ts";

export interface LocalRunner extends Runner {
  attach: Attach;
  runs(): Promise<readonly RunListing[]>;
  /**
   * Starts another attempt at a run that is lost: its supervisor died, or the machine was started again. What is left out
   * of the options is as it was submitted.
   *
   * @throws RunNotFoundError, RunNotLostError, RunUnreadableError, RunnerOptionError, SupervisorError, DiskFullError
   */
  restart(id: string, options?: RestartOptions): Promise<Run>;
  /**
   * Builds an environment where it is not there yet, and starts a process that has imported JAX: the next run of a new
   * program begins at once. It ends with this process, and alone keeps no script alive.
   *
   * @throws PythonMissingError, PythonTooOldError, EnvironmentError, DiskFullError, SupervisorError
   */
  prepare(environment?: string): Promise<void>;
  /**
   * Absolute path of an interpreter with the named environment, built when it is not there yet: what predicts.
   *
   * @throws PythonMissingError, PythonTooOldError, EnvironmentError, DiskFullError
   */
  interpreter(environment: string): Promise<string>;
}

/**
 * Runs jobs on this machine, in processes of their own. A run ends with the process that started it, however that ends,
 * and keeps it alive while it trains; with `detach` it outlives it, and `attach` goes on with it from any other process.
 *
 * @throws RunnerOptionError
 * @throws (on submit) RunnerOptionError, PythonMissingError, PythonTooOldError, DiskFullError, FolderNotWritableError,
 *   DataError (missing-file), RunExistsError, RunCancelledError, SupervisorError
 */
export const local = (given: LocalOptions = {}): LocalRunner => {
  const options = checkLocalOptions(given, callSite(local));
  const home = flaxenHome(options.home);
  const root = resolve(options.root ?? join(home, "runs"));
  const python = async (): Promise<string> => (await sharedPython(options)).executable;
  const place: Place = { options, home, root, python };

  const submit = async (job: Job, more: SubmitOptions = {}): Promise<Run> =>
    submitRun(place, job, checkSubmitOptions(more, callSite(submit)));

  const attach = async (id: string, more: object = {}): Promise<unknown> =>
    attachRun(runner, root, id, checkAttachOptions(id, more, callSite(attach)));

  const restart = async (id: string, more: RestartOptions = {}): Promise<Run> =>
    restartRun(place, id, checkRestartOptions(id, more, callSite(restart)));

  const interpreter = async (name: string): Promise<string> => {
    const executable = await python();
    if (options.environment !== undefined) return executable;
    const { packages, wheelhouse, device } = options;
    const accelerator = device === "cpu" ? device : undefined;
    return (await ensureEnvironment({ name, home, python: executable, packages, wheelhouse, accelerator })).python;
  };

  const prepare = async (environment = "base"): Promise<void> => {
    await interpreter(environment);
    const executable = await python();
    await sharedSupervisor({ python: executable, home }).prepare(prepareRequest(options, executable, environment));
  };

  const runner: LocalRunner = {
    specification: 1,
    name: "local",
    submit,
    attach: attach as Attach,
    runs: () => listRuns(root),
    restart,
    prepare,
    interpreter,
  };
  return runner;
};
