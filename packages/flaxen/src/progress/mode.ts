import type { ProgressOutput } from "./output.ts";

/** "live": one line, rewritten in place; "plain": whole lines, now and then; "silent": nothing. */
export type Mode = "live" | "plain" | "silent";

type Environment = Readonly<Record<string, string | undefined>>;

const no = ["0", "false", "no", "off", "none", "silent"];

/** What fits the place: a terminal that a person looks at, a file, a build's log. FLAXEN_PROGRESS = off | plain decides. */
export const modeOf = (output: ProgressOutput, environment: Environment, silent: boolean): Mode => {
  const { FLAXEN_PROGRESS: wish = "", CI, TERM } = environment;
  if (silent || no.includes(wish)) return "silent";
  const unwatched = CI !== undefined && CI !== "" && !no.includes(CI);
  return output.isTTY === true && !unwatched && TERM !== "dumb" && wish !== "plain" ? "live" : "plain";
};

/** FORCE_COLOR decides, then NO_COLOR; else a live line is coloured and plain lines are not. */
export const isColored = (mode: Mode, { FORCE_COLOR, NO_COLOR }: Environment): boolean => {
  if (FORCE_COLOR !== undefined) return !no.includes(FORCE_COLOR);
  return mode === "live" && (NO_COLOR === undefined || NO_COLOR === "");
};
