import { availableParallelism, cpus } from "node:os";
import type { Python } from "./environment.ts";

/** What numbers depend on. */
export interface Hardware {
  readonly cpu: string;
  readonly cores: number;
  readonly python: string;
  readonly jax: string;
}

export const hardwareOf = ({ version, jax }: Python): Hardware => ({
  cpu: cpus()[0]?.model.trim() || process.arch,
  cores: availableParallelism(),
  python: version,
  jax,
});
