import type { Site } from "@flaxen/errors";
import type { AttachOptions, Restores, SubmitOptions } from "@flaxen/runner";
import { restore } from "@flaxen/runner";
import { type Checks, checkOptions, count, must, refusal, text, truth } from "./check.ts";

/** How a run that was lost is started again; what is left out is as it was. */
export type RestartOptions = Omit<SubmitOptions, "id">;

const idRule = 'made of at most 100 letters, digits, "_" and "-"';
export const isRunId = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(value);

const signal = must("an AbortSignal", (value) => value instanceof AbortSignal);

const submitChecks: Checks<SubmitOptions> = {
  signal,
  id: must(idRule, isRunId),
  detach: truth,
  maxSeconds: must("a number of seconds above 0", (value) => Number.isFinite(value) && (value as number) > 0),
  retries: count(0),
};
const { id: _, ...restartChecks } = submitChecks;

const attachChecks: Checks<AttachOptions & { readonly as?: Restores<unknown> }> = {
  signal,
  from: text("a cursor that a run gave out"),
  as: must("an experiment, as experiment() or fromJSON() made it", (value) => Object(value)[restore] !== undefined),
};

/** @throws RunnerOptionError */
export const checkSubmitOptions = (options: SubmitOptions, site: Site | undefined): SubmitOptions =>
  checkOptions("submit", options, submitChecks, site);

/** @throws RunnerOptionError */
export const checkRestartOptions = (id: string, options: RestartOptions, site: Site | undefined): RestartOptions => {
  checkRunId("restart", id, site);
  return checkOptions("restart", options, restartChecks, site);
};

/** @throws RunnerOptionError */
export const checkAttachOptions = <O extends AttachOptions>(id: string, options: O, site: Site | undefined): O => {
  checkRunId("attach", id, site);
  checkOptions("attach", options, attachChecks as Checks<AttachOptions>, site);
  return options;
};

const checkRunId = (use: string, id: unknown, site: Site | undefined) => {
  if (!isRunId(id)) throw refusal(use, "the run's id", idRule, id, site);
};
