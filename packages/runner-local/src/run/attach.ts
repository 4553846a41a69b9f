import { type AttachOptions, type Restores, type Run, type Runner, restore } from "@flaxen/runner";
import { findRun } from "./find-run.ts";
import { openRun } from "./open-run.ts";

/** A run that any process started, by its id: the state of its folder is all there is to know. */
export const attachRun = async (
  runner: Runner,
  root: string,
  id: string,
  { signal, from, as }: AttachOptions & { readonly as?: Restores<unknown> | undefined },
): Promise<unknown> => {
  const { folder, file } = await findRun(root, id);
  const { document, metrics, environment } = file;
  const opened = (given: AbortSignal | undefined): unknown => {
    const run: Run = openRun(folder, file, { signal: given, from });
    return as === undefined ? run : as[restore](run, runner, { document, metrics, environment });
  };
  // What does not fit must not listen to the signal: it would end a run that was never attached to.
  if (as !== undefined && signal !== undefined) opened(undefined);
  return opened(signal);
};
