import { type Supervisor, type SupervisorOptions, startSupervisor } from "./attached.ts";

const running = new Map<string, Supervisor>();

/** One supervisor for all runs of this process that use the same interpreter and home; another one when it has died. */
export const sharedSupervisor = (options: SupervisorOptions): Supervisor => {
  const key = JSON.stringify([options.python, options.home]);
  const found = running.get(key);
  if (found && found.death === undefined) return found;
  const fresh = startSupervisor(options);
  running.set(key, fresh);
  return fresh;
};
