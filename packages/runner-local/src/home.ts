import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where environments, caches and, by default, runs lie: `FLAXEN_HOME`, else `~/.flaxen`. */
export const flaxenHome = (home?: string, env: NodeJS.ProcessEnv = process.env): string =>
  resolve(home ?? env.FLAXEN_HOME ?? join(homedir(), ".flaxen"));
