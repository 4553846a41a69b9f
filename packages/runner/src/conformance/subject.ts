import type { Run, Runner } from "../runner.ts";

/** What a runner may or may not be able to do. A check that needs what a runner does not claim is skipped. */
export type Capability =
  /** `attach(id, { from })`, from this process. */
  | "attach"
  /** `attach` from another process: the subject says how in `elsewhere`. */
  | "elsewhere"
  /** A run that is not detached ends with the process that submitted it; needs `elsewhere`. */
  | "abandon"
  /** `submit(job, { detach: true })`; needs `elsewhere`. */
  | "detach"
  /** `submit(job, { id })`. */
  | "id"
  /** `runs()`. */
  | "runs"
  /** `submit(job, { retries })`. */
  | "retries"
  /** `submit(job, { maxSeconds })`. */
  | "time-limit"
  /** The wish `slots` is heeded: a run waits in a queue where all places are taken. */
  | "queue"
  /** The wish `builds` is heeded: environments are built, which takes seconds. */
  | "environments"
  /** The subject has `kill`. */
  | "kill";

/** What a check would like of the runner that it is given. */
export interface Wishes {
  /** So many runs at once, no more. */
  readonly slots?: number | undefined;
  /** Environments are built for the runs, instead of one that is there. */
  readonly builds?: boolean | undefined;
}

/** How the same runs are reached from another process of this machine. */
export interface Elsewhere {
  /** URL or absolute path of a module that exports `open(argument): Promise<Runner>`. */
  readonly module: string;
  /** JSON. */
  readonly argument: unknown;
  /** What Node needs to load it, such as `--conditions=…`. */
  readonly flags?: readonly string[] | undefined;
}

/** A runner under test. */
export interface Subject {
  readonly runner: Runner;
  /** Ends its runs and removes what they left. */
  dispose(): Promise<void>;
  /** The bytes of an attempt's log as they lie on the target, read by another way than the runner's. */
  log?(run: Pick<Run, "id" | "folder">, attempt: number): Promise<Uint8Array>;
  /** Kills a process of the target with SIGKILL. */
  kill?(pid: number): Promise<void>;
  readonly elsewhere?: Elsewhere | undefined;
}

/** Makes a runner with nothing in it. */
export type Create = (wishes: Wishes) => Promise<Subject>;
