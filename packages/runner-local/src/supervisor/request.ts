import { DiskFullError, ProtocolError } from "@flaxen/runner";
import { SupervisorError } from "../errors.ts";

/** Which Python a run needs. */
export interface EnvironmentRequest {
  readonly name: string;
  readonly packages: readonly string[];
  readonly wheelhouse: string | null;
  /** Null: what suits this machine. */
  readonly accelerator: string | null;
}

export interface PrepareRequest {
  /** Of an environment that is there already. */
  readonly interpreter: string | null;
  readonly environment: EnvironmentRequest;
  readonly variables: Readonly<Record<string, string>>;
}

/** What a supervisor is asked to do with a run's folder. */
export interface SubmitRequest extends PrepareRequest {
  readonly folder: string;
  readonly detached: boolean;
  readonly slots: number | null;
  readonly device: "cpu" | "gpu" | null;
  readonly maxSeconds: number | null;
  readonly retries: number;
  readonly warm: boolean;
}

/** What a supervisor's refusal means to whoever submitted. */
export const refusalOf = (error: unknown, what: string): unknown => {
  if (!ProtocolError.isInstance(error) || error.refusal === undefined) return error;
  if (error.refusal === "disk-full") return new DiskFullError("the run's log", what, { cause: error });
  return new SupervisorError(`The supervisor refused ${what}: ${error.message}`, { cause: error });
};
