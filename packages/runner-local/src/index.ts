export { type Diagnosis, type DoctorOptions, doctor } from "./doctor/doctor.ts";
export type { Finding, Verdict } from "./doctor/finding.ts";
export { renderDiagnosis } from "./doctor/render.ts";
export {
  FolderNotWritableError,
  RunNotLostError,
  RunnerOptionError,
  RunUnreadableError,
  SupervisorError,
  UnsafePathError,
} from "./errors.ts";
export { flaxenHome } from "./home.ts";
export { type LocalRunner, local } from "./local.ts";
export type { LocalOptions } from "./options/local-options.ts";
export { isRunId, type RestartOptions } from "./options/run-options.ts";
export {
  type EnsureEnvironmentOptions,
  ensureEnvironment,
  type PythonEnvironment,
} from "./python/ensure-environment.ts";
export { type FindPythonOptions, findPython, type Python } from "./python/find-python.ts";
