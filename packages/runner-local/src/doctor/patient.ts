import type { FoundEnvironment } from "./found-environment.ts";

/** What is looked at, and by which interpreter. */
export interface Patient {
  readonly home: string;
  readonly root: string;
  readonly python: string | undefined;
  readonly patience: number;
  /** The environment "base" as the next run would find it; undefined where there is no Python to ask. */
  environment(): Promise<FoundEnvironment | undefined>;
}
