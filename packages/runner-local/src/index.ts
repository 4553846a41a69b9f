export { FolderNotWritableError, SupervisorError, UnsafePathError } from "./errors.ts";
export { flaxenHome } from "./home.ts";
export { type LocalOptions, type LocalRunner, local } from "./local.ts";
export {
  type EnsureEnvironmentOptions,
  ensureEnvironment,
  type PythonEnvironment,
} from "./python/ensure-environment.ts";
export { type FindPythonOptions, findPython, type Python } from "./python/find-python.ts";
