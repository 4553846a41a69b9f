import type { RunEvent } from "../training/run.ts";
import { advance, epochLine, initialProgress, progressLine } from "./line.ts";

/** Where the line is written: `process.stderr` fits. */
export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface ProgressOptions {
  /** @defaultValue process.stderr */
  readonly output?: ProgressOutput;
  /** Writes nothing; still resolves at the run's end. */
  readonly silent?: boolean;
  /** Milliseconds between two plain lines where the output is no terminal. @defaultValue 5000 */
  readonly interval?: number;
  /** @defaultValue Date.now */
  readonly now?: () => number;
}

const liveInterval = 100;

/**
 * Shows how a run goes: a live line in a terminal (epoch, step, loss, metrics, steps/s, time left), plain lines elsewhere,
 * and one line for each finished epoch.
 *
 * Resolves when the run's stream ends, however it ends: `run.result()` says how.
 */
export const progress = async (
  run: AsyncIterable<RunEvent>,
  { output = process.stderr, silent = false, interval = 5_000, now = Date.now }: ProgressOptions = {},
): Promise<void> => {
  const live = output.isTTY === true;
  const write = silent ? () => {} : (text: string) => output.write(text);
  const clear = live ? "\r\x1b[2K" : "";
  const fit = (text: string) => (live ? text.slice(0, Math.max(20, (output.columns ?? 80) - 1)) : `${text}\n`);
  const pause = live ? liveInterval : interval;
  let state = initialProgress;
  let shown = "";
  let due = now();
  for await (const event of run) {
    state = advance(state, event);
    if (event.type === "epoch") {
      write(`${clear}${epochLine(state, event)}\n`);
      due = now() + pause;
    } else if (now() >= due) {
      const line = progressLine(state);
      if (line !== shown) write(`${clear}${fit(line)}`);
      shown = line;
      due = now() + (state.step === 0 ? liveInterval : pause);
    }
  }
  if (live) write(clear);
};
