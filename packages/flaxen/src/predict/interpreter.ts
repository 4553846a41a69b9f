import type { Runner } from "@flaxen/runner";
import { type LocalRunner, local } from "@flaxen/runner-local";

const isLocal = (runner: object): runner is LocalRunner => "interpreter" in runner;

/**
 * Absolute path of an interpreter on this machine with the named environment, built when it is not there yet: that of the
 * runner when it runs here, so that predictions use what training used.
 */
export const interpreterFor = (environment: string, runner: Runner = local()): Promise<string> =>
  (isLocal(runner) ? runner : local()).interpreter(environment);
