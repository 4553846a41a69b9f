import type { ConnectionState } from "@flaxen/runner";
import type { RunEvent } from "../training/run.ts";
import { display } from "./display.ts";
import { beforeLeaving } from "./leaving.ts";
import { isColored, modeOf } from "./mode.ts";
import { carefulWriter, type ProgressOutput } from "./output.ts";
import { liveScreen, plainScreen } from "./screen.ts";

export interface ProgressOptions {
  /** @defaultValue process.stderr */
  readonly output?: ProgressOutput;
  /** Writes nothing; still resolves at the run's end. `FLAXEN_PROGRESS=off` does the same. */
  readonly silent?: boolean;
  /** Milliseconds between two plain lines where nobody looks at a terminal; more in a long run. @defaultValue 5000 */
  readonly interval?: number;
  /** @defaultValue Date.now */
  readonly now?: () => number;
  /** Decides about colours and the live line: CI, TERM, NO_COLOR, FORCE_COLOR, FLAXEN_PROGRESS. @defaultValue process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What progress can be shown of: any run, or any events of one. */
export interface ProgressSource extends AsyncIterable<RunEvent> {
  readonly connection?: ConnectionState;
}

const tickMilliseconds = 100;
const usualColumns = 80;

/**
 * Shows how a run goes: a live line in a terminal (epoch, step, loss, metrics, steps/s, time left), plain lines in a
 * build or a file, one line for each finished epoch, the program's warnings, and one line for the end.
 *
 * It writes to stderr: stdout stays yours. Resolves when the run's stream ends, however the run ended: `run.result()`
 * says how.
 *
 * @throws what the stream throws, as RunLostError
 */
export const progress = async (run: ProgressSource, options: ProgressOptions = {}): Promise<void> => {
  const { output = process.stderr, silent = false, interval = 5_000, now = Date.now } = options;
  const { environment = process.env } = options;
  const mode = modeOf(output, environment, silent);
  if (mode === "silent") return drain(run);

  const live = mode === "live";
  const writer = carefulWriter(output);
  const look = { write: writer.write, colored: isColored(mode, environment) };
  const screen = live ? liveScreen({ ...look, columns: () => output.columns || usualColumns }) : plainScreen(look);
  const shown = display({ screen, live, interval, now, connection: () => run.connection });
  const timer = setInterval(shown.tick, tickMilliseconds).unref();
  const stay = beforeLeaving(screen.clear);
  try {
    for await (const event of run) shown.event(event);
  } catch (error) {
    shown.fail(error);
    throw error;
  } finally {
    clearInterval(timer);
    stay();
    screen.clear();
    writer.close();
  }
};

const drain = async (run: ProgressSource): Promise<void> => {
  for await (const _ of run);
};
