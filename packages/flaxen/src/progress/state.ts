import type { RunEvent } from "../training/run.ts";

/** What a progress line knows: plain data, one value after each event. */
export interface ProgressState {
  /** What happens before the first step. */
  readonly stage: string;
  /** Counts from 1; more when the run was started again. */
  readonly attempt: number;
  readonly epochs: number;
  readonly epoch: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Smoothed over the last steps. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Step and milliseconds at the end of recent batches of steps: the window that speed is read from. */
  readonly window: readonly Mark[];
}

interface Mark {
  readonly step: number;
  readonly m: number;
}

export const initialProgress: ProgressState = {
  stage: "starting",
  attempt: 1,
  epochs: 0,
  epoch: 0,
  step: 0,
  totalSteps: 0,
  stepsPerEpoch: 0,
  metrics: {},
  window: [],
};

const smoothing = 0.05;
const windowMilliseconds = 10_000;
const markMilliseconds = 100;

/** The state after one more event. */
export const advance = (state: ProgressState, event: RunEvent): ProgressState => {
  switch (event.type) {
    case "attempt.started":
      return { ...initialProgress, attempt: event.attempt };
    case "run.queued":
      return { ...state, stage: `waiting: ${event.reason}` };
    case "env.progress":
      return { ...state, stage: `preparing Python: ${clipped(event.text)}` };
    case "env.ready":
    case "run.started":
      return { ...state, stage: "starting Python" };
    case "device.info":
      return { ...state, stage: "reading the data" };
    case "prepare.ended": {
      const { totalSteps, epochs, stepsPerEpoch } = event;
      return { ...state, totalSteps, epochs, stepsPerEpoch, stage: "compiling" };
    }
    case "compile.started":
      return { ...state, stage: "compiling" };
    case "step":
      return event.lane ? state : afterStep(state, event);
    default:
      return state;
  }
};

/** An installer names forty packages in one line. */
const clipped = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

type Step = Extract<RunEvent, { type: "step" }>;

const afterStep = (state: ProgressState, { step, metrics, m }: Step): ProgressState => ({
  ...state,
  step: step + 1,
  epoch: state.stepsPerEpoch > 0 ? Math.floor(step / state.stepsPerEpoch) : 0,
  metrics: blended(state.metrics, metrics),
  window: withMark(state.window, { step: step + 1, m }),
});

const blended = (before: Readonly<Record<string, number>>, metrics: Readonly<Record<string, number>>) => {
  const after: Record<string, number> = {};
  for (const name in metrics) {
    const [old, value] = [before[name], metrics[name]!];
    after[name] = old === undefined || !Number.isFinite(old) ? value : old + smoothing * (value - old);
  }
  return after;
};

/** Marks that are closer together than they need be become one: the window stays short however quick the steps are. */
const withMark = (window: readonly Mark[], mark: Mark): readonly Mark[] => {
  const [before, last] = [window.at(-2), window.at(-1)];
  if (!last) return [mark];
  if (last.m === mark.m || (before && last.m - before.m < markMilliseconds)) return [...window.slice(0, -1), mark];
  return [...window.filter((seen) => mark.m - seen.m < windowMilliseconds), mark];
};

/** Steps a second over the last ten seconds; undefined before there are two marks. */
export const speed = ({ window }: ProgressState): number | undefined => {
  const [first, last] = [window[0], window.at(-1)];
  return first && last && last.m > first.m ? ((last.step - first.step) * 1000) / (last.m - first.m) : undefined;
};
