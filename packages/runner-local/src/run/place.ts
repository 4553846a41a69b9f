import { resolve } from "node:path";
import type { OwnSupervisor } from "../folder/prove-life.ts";
import type { LocalOptions } from "../options/local-options.ts";
import { submitDetached } from "../supervisor/detached.ts";
import type { EnvironmentRequest, PrepareRequest, SubmitRequest } from "../supervisor/request.ts";
import { sharedSupervisor } from "../supervisor/shared.ts";
import { deviceVariables } from "../supervisor/variables.ts";

/** Where a runner's runs go, and with what they are run. */
export interface Place {
  readonly options: LocalOptions;
  readonly home: string;
  readonly root: string;
  /** The interpreter that supervisors run with. @throws PythonMissingError, PythonTooOldError */
  python(): Promise<string>;
}

/** What a job says of how it is run. */
export interface Order {
  readonly folder: string;
  readonly environment: string;
  readonly detached: boolean;
  readonly maxSeconds: number | null;
  readonly retries: number;
}

/**
 * Hands a run to a supervisor: this process's own, or the one that outlives it.
 *
 * @returns the own one, whose end is known first hand
 * @throws SupervisorError, DiskFullError
 */
export const handOver = async (place: Place, order: Order): Promise<OwnSupervisor | undefined> => {
  const { options, home, root } = place;
  const python = await place.python();
  const { folder, environment, detached, maxSeconds, retries } = order;
  const request: SubmitRequest = {
    ...prepareRequest(options, python, environment),
    ...{ folder, detached, maxSeconds, retries },
    slots: options.slots ?? null,
    device: options.device ?? null,
    warm: options.warm ?? true,
  };
  if (detached) {
    await submitDetached({ python, home, root }, request);
    return undefined;
  }
  const supervisor = sharedSupervisor({ python, home });
  await supervisor.submit(request);
  return supervisor;
};

/** Starts this process's own supervisor, which takes a moment, so that it is there when it is needed. */
export const wakeSupervisor = async ({ python, home }: Place): Promise<void> => {
  sharedSupervisor({ python: await python(), home });
};

/** What a Python process of the named environment needs to be told. */
export const prepareRequest = (options: LocalOptions, python: string, environment: string): PrepareRequest => ({
  interpreter: options.environment === undefined ? null : python,
  environment: environmentRequest(options, environment),
  variables: deviceVariables(),
});

const environmentRequest = (options: LocalOptions, name: string): EnvironmentRequest => ({
  name,
  packages: options.packages ?? [],
  wheelhouse: options.wheelhouse === undefined ? null : resolve(options.wheelhouse),
  accelerator: options.device === "cpu" ? "cpu" : null,
});
