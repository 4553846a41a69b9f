import type { RunEvent } from "../training/run.ts";
import { type ProgressState, speed } from "./state.ts";
import type { Part } from "./width.ts";

type EventOf<T extends RunEvent["type"]> = Extract<RunEvent, { type: T }>;

/**
 * "epoch 2/3  step 750/1407  loss 0.0812  accuracy 0.974  56.2 steps/s  0:12 left", as parts: the least important leave
 * first where there is no room for all.
 */
export const progressParts = (state: ProgressState): readonly Part[] => {
  const again: readonly Part[] = state.attempt > 1 ? [{ text: `attempt ${state.attempt}`, rank: 3 }] : [];
  if (state.step === 0) return [...again, { text: state.stage, rank: 0 }];
  const rate = speed(state);
  const steps = state.totalSteps > 0 ? `${state.step}/${state.totalSteps}` : String(state.step);
  const left = rate !== undefined && state.totalSteps > 0 ? (state.totalSteps - state.step) / rate : undefined;
  return [
    ...again,
    ...(state.epochs > 1
      ? [{ text: `epoch ${Math.min(state.epoch + 1, state.epochs)}/${state.epochs}`, rank: 4 }]
      : []),
    { text: `step ${steps}`, rank: 0 },
    ...metricTexts(state.metrics).map((text, place) => ({ text, rank: place === 0 ? 1 : Math.min(5 + place, 8) })),
    ...(rate === undefined ? [] : [{ text: `${rate >= 100 ? rate.toFixed(0) : rate.toFixed(1)} steps/s`, rank: 9 }]),
    ...(left === undefined ? [] : [{ text: `${clock(left)} left`, rank: 2 }]),
  ];
};

/** "epoch 1/3  loss 0.2612  accuracy 0.921  val/loss 0.0611  val/accuracy 0.981  29.1 s" */
export const epochLine = (state: ProgressState, event: EventOf<"epoch">): string =>
  [
    ...(event.lane === undefined ? [] : [`trial ${event.lane + 1}`]),
    `epoch ${event.epoch + 1}/${Math.max(state.epochs, event.epoch + 1)}`,
    ...metricTexts(event.metrics),
    `${event.seconds.toFixed(1)} s`,
  ].join("  ");

/** "test  loss 0.0655  accuracy 0.979  1.2 s" */
export const testLine = (event: EventOf<"test">): string => {
  const metrics = Object.entries(event.metrics as Record<string, number>).map(
    ([name, value]) => [name.replace(/^test\//, ""), value] as const,
  );
  return [
    ...(event.lane === undefined ? [] : [`trial ${event.lane + 1}`]),
    "test",
    ...metricTexts(Object.fromEntries(metrics)),
    `${event.seconds.toFixed(1)} s`,
  ].join("  ");
};

/** "completed  1407 steps  loss 0.2612  val/loss 0.0611  1:02", "failed  300 steps  ValueError: no such column  0:12" */
export const endingLine = ({ reason, step, metrics, failure, m }: EventOf<"run.ended">): string =>
  [
    reason,
    ...(step > 0 ? [`${step} ${step === 1 ? "step" : "steps"}`] : []),
    ...(failure ? [`${failure.type}: ${firstLine(failure.message)}`] : metricTexts(metrics as Record<string, number>)),
    clock(m / 1000),
  ].join("  ");

export const firstLine = (text: string): string => text.split("\n", 1)[0]!;

/** With one head its prefix says nothing, and its loss is the loss. */
const metricTexts = (metrics: Readonly<Record<string, number>>): readonly string[] => {
  const heads = new Set(
    Object.keys(metrics)
      .map((name) => name.replace(/^(val|test)\//, "").split("/"))
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

/** "14:03:22", in the time of this machine. */
export const timeOfDay = (time: number): string => new Date(time).toTimeString().slice(0, 8);
