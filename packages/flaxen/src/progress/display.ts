import type { ConnectionState } from "@flaxen/runner";
import type { RunEvent } from "../training/run.ts";
import { clock, endingLine, epochLine, firstLine, progressParts, testLine, timeOfDay } from "./line.ts";
import { programLines } from "./program-lines.ts";
import type { Screen, Tone } from "./screen.ts";
import { advance, initialProgress } from "./state.ts";
import type { Part } from "./width.ts";

export interface DisplayOptions {
  readonly screen: Screen;
  readonly live: boolean;
  /** Milliseconds between two plain lines. */
  readonly interval: number;
  readonly now: () => number;
  readonly connection: () => ConnectionState | undefined;
}

const liveInterval = 100;
const stageInterval = 1_000;
/** A stage that takes longer tells for how long it has been going on. */
const longStage = 3_000;
/** Plain lines become rarer in a long run, down to one a minute: a week of them must not fill a build's log. */
const growth = 5 * 60_000;
const longestInterval = 60_000;

const endTones: Readonly<Record<string, Tone>> = { completed: "good", stopped: "good", cancelled: "warning" };

/** Turns a run's events, and the time that passes between them, into lines on a screen. */
export const display = ({ screen, live, interval, now, connection }: DisplayOptions) => {
  const began = now();
  const logs = programLines((text, tone) => screen.line(text, tone), now);
  let state = initialProgress;
  let stageSince = began;
  let due = began;
  let unreachableSince: number | undefined;
  let over = false;

  const pause = (): number => {
    if (live) return liveInterval;
    if (state.step === 0) return Math.min(interval, stageInterval);
    return Math.max(interval, Math.min(longestInterval, (interval * (now() - began)) / growth));
  };

  const parts = (): readonly Part[] => {
    const found: Part[] = [...progressParts(state)];
    const waited = now() - stageSince;
    if (live && state.step === 0 && waited > longStage) found.push({ text: clock(waited / 1000), rank: 1 });
    if (unreachableSince !== undefined)
      found.unshift({ text: `unreachable since ${timeOfDay(unreachableSince)}`, rank: 0 });
    return found;
  };

  const noticeConnection = () => {
    const unreachable = connection() === "unreachable";
    if (unreachable === (unreachableSince !== undefined)) return;
    unreachableSince = unreachable ? now() : undefined;
    due = now();
  };

  const draw = () => {
    noticeConnection();
    if (over || now() < due) return;
    screen.status(parts());
    due = now() + pause();
  };

  const permanent = (text: string, tone?: Tone) => {
    // The status goes with it: a finished epoch above a step of the one before would be out of date.
    if (live && !over) screen.status(parts());
    screen.line(text, tone);
    due = now() + pause();
  };

  const tell = (event: RunEvent) => {
    switch (event.type) {
      case "epoch":
        return permanent(epochLine(state, event));
      case "test":
        return permanent(testLine(event));
      case "log":
        return logs.take(event);
      case "warning":
        return screen.line(`warning: ${event.text}`, "warning");
      case "attempt.ended":
        if (event.retry) screen.line(`attempt ${event.attempt} ended (${howEnded(event)}); starting again`, "warning");
        return;
      case "run.ended":
        over = true;
        logs.rest();
        screen.clear();
        return permanent(endingLine(event), endTones[event.reason] ?? "bad");
      default:
        return draw();
    }
  };

  return {
    event: (event: RunEvent) => {
      const { stage } = state;
      state = advance(state, event);
      if (state.stage !== stage) stageSince = now();
      tell(event);
    },
    /** Time has passed: the way to the run may be gone, the window have another size. */
    tick: draw,
    fail: (error: unknown) => {
      over = true;
      screen.clear();
      screen.line(firstLine(error instanceof Error ? error.message : String(error)), "bad");
    },
  };
};

const howEnded = ({ exit, signal }: Extract<RunEvent, { type: "attempt.ended" }>): string =>
  signal ?? (exit === null ? "lost" : `exit code ${exit}`);
