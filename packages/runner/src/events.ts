import * as z from "zod";
import { endings } from "./ending.ts";

/** JSON has no NaN and no infinity: on the wire they are strings, in an event they are numbers. */
export const wireNumber = z.union([z.number(), z.literal(["NaN", "Infinity", "-Infinity"]).transform(Number)]);

const metrics = z.record(z.string(), wireNumber);
/** Plain numbers first: the rule, and five times quicker to check. */
const column = z.union([z.array(z.number()), z.array(wireNumber)]);

/** What every line carries: `seq` is contiguous from 0 within (run, attempt); `t` is for display, `m` for durations. */
const envelope = {
  v: z.literal(1),
  run: z.string(),
  att: z.int().min(1),
  seq: z.int().min(0),
  /** Wall clock, milliseconds since 1970. */
  t: z.number(),
  /** Monotonic clock, milliseconds since the attempt began. */
  m: z.number(),
};

const event = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ ...envelope, type: z.literal(type), ...shape });

/** A place in an emitted file that a Python frame names. */
export const frame = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int().nullable(),
  endLine: z.int().nullable(),
  endColumn: z.int().nullable(),
  function: z.string(),
});
export type Frame = z.infer<typeof frame>;

/** Why Python failed. `code` is "exception" for what nobody foresaw; else the cause's own code, with its facts in `data`. */
export const failure = z.object({
  code: z.string(),
  type: z.string(),
  message: z.string(),
  traceback: z.string(),
  /** Frames of the emitted files, outermost first. */
  frames: z.array(frame),
  data: z.record(z.string(), z.unknown()),
});
export type Failure = z.infer<typeof failure>;

/** Which of several trials that run together; absent where there is one. */
const lane = z.int().min(0).optional();
const split = z.object({ rows: z.int(), fingerprint: z.string() });

/** The lines of a run's log. The Python side is tested against this schema. */
export const wireEvent = z.discriminatedUnion("type", [
  event("run.queued", { reason: z.string() }),
  event("attempt.started", { pid: z.int(), supervisor: z.string(), resumeFrom: z.int().nullable() }),
  event("env.progress", { environment: z.string(), text: z.string() }),
  event("env.ready", { environment: z.string(), key: z.string(), built: z.boolean(), seconds: z.number() }),
  event("run.started", {
    document: z.string(),
    program: z.string(),
    metrics: z.array(z.string()),
  }),
  event("device.info", { backend: z.string(), devices: z.array(z.string()), jax: z.string(), warm: z.boolean() }),
  event("prepare.ended", {
    data: z.record(z.string(), split),
    totalSteps: z.int(),
    epochs: z.int(),
    stepsPerEpoch: z.int(),
    seconds: z.number(),
  }),
  event("compile.started", { function: z.string() }),
  event("compile.ended", { function: z.string(), seconds: z.number(), cached: z.boolean() }),
  /** Columnar: `count` steps from `first`, one array a metric. The reader fans it out into `step` events. */
  event("steps", { first: z.int(), count: z.int().min(0), metrics: z.record(z.string(), column), lane }),
  event("epoch", { epoch: z.int(), step: z.int(), metrics, best: z.boolean(), seconds: z.number(), lane }),
  /** The rows that test were scored, once, with the weights that are kept. */
  event("test", { step: z.int(), metrics, seconds: z.number(), lane }),
  /** A line that the program printed; `dropped` lines before it were left out to keep the log small (not in the raw log). */
  event("log", { stream: z.enum(["stdout", "stderr"]), level: z.string(), text: z.string(), dropped: z.int().min(0) }),
  event("warning", { code: z.string(), text: z.string() }),
  event("control", { request: z.string(), verb: z.string(), outcome: z.string() }),
  event("heartbeat", { rss: z.number() }),
  event("artifact", { name: z.string(), sha256: z.string(), bytes: z.int() }),
  /** `retry`: another attempt follows, and its log goes on from `seq` 0; the run's end is in the last one. */
  event("attempt.ended", {
    exit: z.int().nullable(),
    signal: z.string().nullable(),
    retry: z.boolean(),
  }),
  event("run.ended", {
    reason: z.enum(endings),
    /** Lines in the log, this one included. */
    events: z.int(),
    /** Size of the log before this line. */
    bytes: z.int(),
    step: z.int(),
    epoch: z.int().nullable(),
    bestEpoch: z.int().nullable(),
    metrics,
    failure: failure.nullable(),
  }),
]);
export type WireEvent = z.infer<typeof wireEvent>;

type Enveloped = Pick<WireEvent, "run" | "seq" | "t" | "m"> & { readonly attempt: number };
/** One training step: the `steps` line fanned out. */
export interface StepEvent<Metric extends string = string> extends Enveloped {
  readonly type: "step";
  readonly step: number;
  readonly metrics: Readonly<Record<Metric, number>>;
  /** Which of several trials that run together; absent where there is one. */
  readonly lane?: number | undefined;
}
/** An event of a type that this version does not know. */
export interface OtherEvent extends Enveloped {
  readonly type: "other";
  readonly name: string;
  readonly data: unknown;
}
type Known = Exclude<WireEvent, { type: "steps" }>;
/** What a consumer sees. */
export type Event =
  | (Known extends infer E
      ? E extends Known
        ? Readonly<Omit<E, "v" | "att">> & { readonly attempt: number }
        : never
      : never)
  | StepEvent
  | OtherEvent;
