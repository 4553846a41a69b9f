import type { RunEvent } from "../training/run.ts";

/** What a progress line knows: plain data, one value after each event. */
export interface ProgressState {
  /** What happens before the first step. */
  readonly stage: string;
  readonly epochs: number;
  readonly epoch: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Smoothed over the last steps. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Step and milliseconds at the end of each recent batch of steps: the window that speed is read from. */
  readonly window: readonly { readonly step: number; readonly m: number }[];
}

export const initialProgress: ProgressState = {
  stage: "starting",
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

/** The state after one more event. */
export const advance = (state: ProgressState, event: RunEvent): ProgressState => {
  switch (event.type) {
    case "env.progress":
      return { ...state, stage: `preparing Python: ${clipped(event.text)}` };
    case "env.ready":
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
      return afterStep(state, event);
    default:
      return state;
  }
};

/** An installer names forty packages in one line. */
const clipped = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

type Step = Extract<RunEvent, { type: "step" }>;

const afterStep = (state: ProgressState, { step, metrics, m }: Step): ProgressState => {
  const done = step + 1;
  const blended = Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => {
      const before = state.metrics[name];
      return [name, before === undefined || !Number.isFinite(before) ? value : before + smoothing * (value - before)];
    }),
  );
  const last = state.window.at(-1);
  const past = last?.m === m ? state.window.slice(0, -1) : state.window;
  return {
    ...state,
    step: done,
    epoch: state.stepsPerEpoch > 0 ? Math.floor(step / state.stepsPerEpoch) : 0,
    metrics: blended,
    window: [...past.filter((seen) => m - seen.m < windowMilliseconds), { step: done, m }],
  };
};

/** Steps a second over the last ten seconds; undefined before there are two marks. */
export const speed = ({ window }: ProgressState): number | undefined => {
  const [first, last] = [window[0], window.at(-1)];
  return first && last && last.m > first.m ? ((last.step - first.step) * 1000) / (last.m - first.m) : undefined;
};

/** "epoch 2/3  step 750/1407  loss 0.0812  accuracy 0.974  56.2 steps/s  0:12 left" */
export const progressLine = (state: ProgressState): string => {
  if (state.step === 0) return state.stage;
  const rate = speed(state);
  return [
    state.epochs > 1 && `epoch ${Math.min(state.epoch + 1, state.epochs)}/${state.epochs}`,
    `step ${state.step}/${state.totalSteps}`,
    ...metricParts(state.metrics),
    rate !== undefined && `${rate >= 100 ? rate.toFixed(0) : rate.toFixed(1)} steps/s`,
    rate !== undefined && `${clock((state.totalSteps - state.step) / rate)} left`,
  ]
    .filter((part) => part !== false)
    .join("  ");
};

/** "epoch 1/3  loss 0.2612  accuracy 0.921  val/loss 0.0611  val/accuracy 0.981  29.1 s" */
export const epochLine = (state: ProgressState, event: Extract<RunEvent, { type: "epoch" }>): string =>
  [
    `epoch ${event.epoch + 1}/${Math.max(state.epochs, event.epoch + 1)}`,
    ...metricParts(event.metrics),
    `${event.seconds.toFixed(1)} s`,
  ].join("  ");

/** With one head its prefix says nothing, and its loss is the loss. */
const metricParts = (metrics: Readonly<Record<string, number>>): readonly string[] => {
  const heads = new Set(
    Object.keys(metrics)
      .map((name) => name.replace(/^val\//, "").split("/"))
      .filter((parts) => parts.length > 1)
      .map(([head]) => head),
  );
  const [only] = heads.size === 1 ? heads : [];
  return Object.entries(metrics)
    .filter(([name]) => only === undefined || !name.endsWith(`${only}/loss`))
    .map(([name, value]) => `${only === undefined ? name : name.replace(`${only}/`, "")} ${showMetric(value)}`);
};

const showMetric = (value: number): string =>
  !Number.isFinite(value)
    ? String(value)
    : Math.abs(value) >= 1000 || (value !== 0 && Math.abs(value) < 1e-3)
      ? value.toExponential(2)
      : value.toFixed(4);

/** "1:02:03", "4:05" */
export const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};
