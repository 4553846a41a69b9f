import { isDeepStrictEqual } from "node:util";
import type { Event } from "../events.ts";
import type { Cursor } from "../log/cursor.ts";
import type { Run } from "../runner.ts";
import { ConformanceError } from "./conformance-error.ts";
import { envelopeGuard } from "./envelope-guard.ts";
import { type Known, sha256, type Told } from "./known.ts";

/** Compares a run's events, each with its whole content, with what was known before the run started. */
export interface Verifier {
  /** @throws ConformanceError at the first event that is not the one that had to come */
  take(event: Event, cursor: () => Cursor): void;
  /** @throws ConformanceError where an event never came */
  end(): void;
}

/** Told by the supervisor whenever it sees fit. */
const anywhere = new Set(["heartbeat", "run.queued", "env.progress", "control"]);

export const verifier = (run: Pick<Run, "id">, known: Known): Verifier => {
  const guard = envelopeGuard(run.id);
  const expected = expectedOf(known);
  let next = expected.next();
  const printed = { stdout: 0, stderr: 0 };
  let last: () => Cursor | undefined = () => undefined;

  const fail = (what: string, wanted?: unknown, found?: unknown): never => {
    throw new ConformanceError({ run: run.id, cursor: last() }, what, { expected: wanted, found });
  };

  const takePrinted = (event: Extract<Event, { type: "log" }>) => {
    const { stream, text, dropped } = event;
    const wanted = { stream, text: known.printed[stream][printed[stream]], dropped: 0 };
    const found = { stream, text, dropped };
    if (!isDeepStrictEqual(found, wanted)) fail("it told another line than the program printed", wanted, found);
    printed[stream] += 1;
  };

  return {
    take: (event, cursor) => {
      guard(event, cursor);
      last = cursor;
      if (event.type === "log") return takePrinted(event);
      if (anywhere.has(event.type)) return;
      if (next.done) return fail("it told more than there was", undefined, bare(event));
      const wanted = next.value;
      const found = picked(event, wanted);
      if (!isDeepStrictEqual(found, wanted)) fail("an event is not what it had to be", wanted, found);
      next = expected.next();
    },
    end: () => {
      if (!next.done) fail("its stream ended too early", next.value);
      for (const stream of ["stdout", "stderr"] as const) {
        const missing = known.printed[stream][printed[stream]];
        if (missing !== undefined) fail(`a line that the program printed on ${stream} never came`, missing);
      }
    },
  };
};

/** What must come, in order. Fields that differ from run to run are left out here: the envelope, pids, durations. */
function* expectedOf({ job, told, artifacts, ended }: Known): Generator<Told, undefined> {
  yield { type: "attempt.started", resumeFrom: null };
  yield { type: "env.ready", environment: job.program.environment };
  yield { type: "run.started", document: job.document, program: job.program.hash, metrics: job.metrics };
  yield* told();
  for (const { name, content } of artifacts) {
    yield { type: "artifact", name, sha256: sha256(content), bytes: content.length };
  }
  yield { type: "attempt.ended", signal: null };
  yield ended;
  return undefined;
}

const envelope = new Set(["run", "attempt", "seq", "t", "m"]);
const bare = (event: Event): Told =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !envelope.has(name))) as Told;

const partly = new Set(["attempt.started", "env.ready", "attempt.ended", "run.ended"]);
/** The event without its envelope; of those that differ from run to run, the fields that do not. */
const picked = (event: Event, wanted: Told): Told => {
  const all = bare(event);
  if (!partly.has(event.type)) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in wanted)) as Told;
};
