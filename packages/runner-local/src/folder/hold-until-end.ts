import { watch } from "node:fs";
import { readStatus } from "./status-file.ts";

/** Milliseconds between two looks where the system does not tell of changes, or forgets to. */
const patience = 1_000;

/**
 * Keeps this process alive until a run has ended, or what supervises it has: a script that only starts it would end it
 * otherwise. It looks at `status.json`, a small file that is replaced a few times in a run's life, never at the log.
 */
export const holdUntilEnd = (folder: string, isSupervised: () => boolean): void => {
  const look = async () => {
    // A look that failed says nothing: the next one will.
    const over = await readStatus(folder).then(
      (status) => status === undefined || status.state === "ended",
      () => false,
    );
    if (isSupervised() && !over) return;
    clearInterval(timer);
    watcher?.close();
  };
  // Nothing else holds the process: the timer does.
  const timer = setInterval(look, patience);
  const watcher = watchIfPossible(folder, look);
  look();
};

const watchIfPossible = (folder: string, look: () => void) => {
  try {
    return watch(folder, { persistent: false }, look).on("error", () => undefined);
  } catch {
    return undefined;
  }
};
