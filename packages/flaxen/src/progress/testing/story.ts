import type { Event } from "@flaxen/runner";

type Fields = Event extends infer E ? (E extends Event ? Omit<E, "run" | "attempt" | "seq" | "t"> : never) : never;

const ended = { bytes: 0, events: 0, epoch: 1, bestEpoch: null, failure: null } as const;
const metrics = (loss: number) => ({ loss, "digit/loss": loss, "digit/accuracy": 1 - loss });

const fields: readonly Fields[] = [
  { m: 0, type: "attempt.started", pid: 1, supervisor: "sha256:0", resumeFrom: null },
  {
    m: 1,
    type: "env.progress",
    environment: "base",
    text: "installing \x1b[31mjax\x1b[0m, 日本語のパッケージ and 38 others",
  },
  { m: 2, type: "run.queued", reason: "1 of 1 places is taken by r_0" },
  { m: 3, type: "run.started", document: "d", program: "p", metrics: ["loss", "digit/loss", "digit/accuracy"] },
  { m: 4, type: "prepare.ended", data: {}, totalSteps: 200, epochs: 2, stepsPerEpoch: 100, seconds: 1 },
  ...Array.from(
    { length: 51 },
    (_, step): Fields => ({ m: 1000 + 20 * step, type: "step", step, metrics: metrics(0.5) }),
  ),
  { m: 2030, type: "log", stream: "stderr", level: "warning", text: "careful:\r\x1b[2J 注意", dropped: 0 },
  { m: 2040, type: "log", stream: "stdout", level: "info", text: "chatter", dropped: 0 },
  {
    m: 3000,
    type: "epoch",
    epoch: 0,
    step: 100,
    best: true,
    seconds: 2,
    metrics: { ...metrics(0.5), "val/loss": 0.4 },
  },
  { m: 3010, type: "attempt.ended", exit: null, signal: "SIGKILL", retry: true },
];
const second: readonly Fields[] = [
  { m: 0, type: "attempt.started", pid: 1, supervisor: "sha256:0", resumeFrom: null },
  { m: 4, type: "prepare.ended", data: {}, totalSteps: 200, epochs: 2, stepsPerEpoch: 100, seconds: 1 },
  ...Array.from(
    { length: 200 },
    (_, step): Fields => ({ m: 1000 + 20 * step, type: "step", step, metrics: metrics(0.25) }),
  ),
  {
    m: 61_900,
    type: "test",
    step: 200,
    seconds: 1.5,
    metrics: { "test/loss": 0.125, "test/digit/loss": 0.125, "test/digit/accuracy": 0.75 },
  },
  { m: 62_000, type: "run.ended", reason: "completed", step: 200, metrics: metrics(0.25), ...ended },
];

const enveloped = (attempt: number, events: readonly Fields[]): readonly Event[] =>
  events.map((event, seq) => ({ run: "r_1", attempt, seq, t: 0, ...event }) as Event);

/** A run of two attempts: queued, warned, an epoch, killed, started again, completed. */
export const story: readonly Event[] = [...enveloped(1, fields), ...enveloped(2, second)];
