import type { RunEvent } from "../training/run.ts";
import type { Tone } from "./screen.ts";

type LogEvent = Extract<RunEvent, { type: "log" }>;

const burst = 40;
const perSecond = 10;

/**
 * Chooses what of a program's warnings and errors is shown: a share that a person can read. What is left out is counted,
 * and told with the next line that is shown, or by `rest`.
 */
export const programLines = (show: (text: string, tone: Tone) => void, now: () => number) => {
  let left = burst;
  let at = now();
  let omitted = 0;

  const tellOmitted = () => {
    if (omitted > 0)
      show(`python: ${omitted} more ${omitted === 1 ? "line" : "lines"}, kept in the run's folder`, "warning");
    omitted = 0;
  };

  return {
    take: ({ level, text, dropped }: LogEvent) => {
      if (level !== "warning" && level !== "error") return;
      const time = now();
      left = Math.min(burst, left + ((time - at) * perSecond) / 1000);
      at = time;
      omitted += dropped;
      if (left < 1) {
        omitted += 1;
        return;
      }
      left -= 1;
      tellOmitted();
      show(`python: ${text}`, level === "error" ? "bad" : "warning");
    },
    rest: tellOmitted,
  };
};
