import { isDeepStrictEqual } from "node:util";
import type { Event } from "../events.ts";
import type { Job } from "../job.ts";
import type { LogCarrier } from "../log/carrier.ts";
import { type Cursor, fromCursor } from "../log/cursor.ts";
import { type EventStream, readEvents } from "../log/read-events.ts";
import type { Run, Runner, SubmitOptions } from "../runner.ts";
import { ConformanceError } from "./conformance-error.ts";
import { envelopeGuard } from "./envelope-guard.ts";
import type { Known } from "./known.ts";
import type { Random } from "./random.ts";
import type { Subject } from "./subject.ts";
import { type Verifier, verifier } from "./verifier.ts";

/** How much the checks of endurance do. */
export interface Scale {
  /** Seconds of 1,000 events each. */
  readonly seconds: number;
  /** Events that wait for a consumer that comes late. */
  readonly backlog: number;
}

/** What a check works with. Its streams end when the check's time is over. */
export interface CheckContext {
  readonly runner: Runner;
  readonly subject: Subject;
  readonly random: Random;
  readonly scale: Scale;
  submit(job: Job, options?: SubmitOptions): Promise<Run>;
  /** The run's events, each looked at by the guard of envelopes on its way. */
  read(run: Run, from?: Cursor): EventStream;
  /** Reads the run to its end and compares every event with what is known, and with the log on the target. */
  follow(run: Run, known: Known): Promise<readonly Event[]>;
  /** Reads the run to its end; only the envelopes are known. */
  readAll(run: Run): Promise<readonly Event[]>;
  /** Reads up to the event that fits, and leaves. */
  until(run: Run, fits: (event: Event) => boolean, about: string): Promise<Event>;
  /** Compares a run's events with its log as it lies on the target, where the subject can read that. */
  compareWithLog(run: Run, events: readonly Event[], attempt?: number): Promise<void>;
}

export interface OpenContext extends CheckContext {
  /** What the runs of the check are at: for the message of one that took too long. */
  report(): string;
}

interface Watched {
  readonly run: Run;
  stream?: EventStream;
}

export const openContext = (
  subject: Subject,
  { random, scale, signal }: { readonly random: Random; readonly scale: Scale; readonly signal: AbortSignal },
): OpenContext => {
  const { runner } = subject;
  const watched = new Map<Run, Watched>();

  const read = (run: Run, from?: Cursor): EventStream => {
    const stream = guarded(run.events({ from, signal }), envelopeGuard(run.id, from));
    watched.set(run, { run, stream });
    return stream;
  };

  const readAll = async (run: Run): Promise<Event[]> => {
    const events: Event[] = [];
    for await (const event of read(run)) events.push(event);
    mustHaveEnded(run, events.at(-1));
    return events;
  };

  const compareWithLog = async (run: Run, events: readonly Event[], attempt = 1): Promise<void> => {
    if (!subject.log) return;
    const truth = readEvents(bytesCarrier(await subject.log(run, attempt)), { run: run.id });
    for (const event of events.filter((each) => each.attempt === attempt)) {
      const wanted = (await truth.next()).value;
      if (isDeepStrictEqual(event, wanted)) continue;
      await truth.return();
      const what = "an event is not what the log on the target holds";
      throw new ConformanceError({ run: run.id, cursor: truth.cursor }, what, { expected: wanted, found: event });
    }
    await truth.return();
  };

  const follow = async (run: Run, known: Known): Promise<Event[]> => {
    const check = verifier(run, known);
    const stream = read(run);
    const events = await verify(stream, check);
    await compareWithLog(run, events);
    return events;
  };

  return {
    runner,
    subject,
    random,
    scale,
    read,
    readAll,
    follow,
    compareWithLog,
    submit: async (job, options) => {
      const run = await runner.submit(job, options);
      watched.set(run, { run });
      return run;
    },
    until: async (run, fits, about) => {
      for await (const event of read(run)) if (fits(event)) return event;
      throw new ConformanceError({ run: run.id }, `it ended without ${about}`);
    },
    report: () => [...watched.values()].map(describe).join(" ") || "No run was submitted.",
  };
};

/** Compares a stream's events to its end. */
export const verify = async (stream: EventStream, check: Verifier): Promise<Event[]> => {
  const events: Event[] = [];
  for await (const event of stream) {
    check.take(event, () => stream.cursor);
    events.push(event);
  }
  check.end();
  return events;
};

export const mustHaveEnded = (run: Pick<Run, "id">, last: Event | undefined): void => {
  if (last?.type !== "run.ended") {
    throw new ConformanceError({ run: run.id }, "its stream ended without run.ended", {
      expected: "run.ended",
      found: last,
    });
  }
};

/** The stream itself, each event looked at on its way. */
export const guarded = (stream: EventStream, guard: (event: Event, cursor: () => Cursor) => void): EventStream => ({
  get cursor() {
    return stream.cursor;
  },
  next: async () => {
    const taken = await stream.next();
    if (!taken.done) guard(taken.value, () => stream.cursor);
    return taken;
  },
  return: () => stream.return(),
  [Symbol.asyncIterator]() {
    return this;
  },
  [Symbol.asyncDispose]: () => stream[Symbol.asyncDispose](),
});

const bytesCarrier = (bytes: Uint8Array): LogCarrier => ({
  open: async () => ({
    read: async (offset) => ({ bytes: bytes.subarray(offset), size: bytes.length }),
    waitForGrowth: async () => undefined,
    close: async () => undefined,
  }),
  proveLife: async () => ({ alive: false, cause: "has written the log that was read" }),
});

const describe = ({ run, stream }: Watched): string => {
  const about = `Run ${run.id} (connection ${run.connection})`;
  if (!stream) return `${about} was not read.`;
  const { attempt, offset, seq } = fromCursor(stream.cursor);
  return `${about} was read up to byte ${offset} of attempt ${attempt}, where event ${seq} is expected.`;
};
