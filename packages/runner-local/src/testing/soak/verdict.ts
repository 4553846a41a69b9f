import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Event, type LogCarrier, readEvents } from "@flaxen/runner";
import { countedLoss } from "@flaxen/runner/conformance";
import { type SeenEvent, seenEvent } from "./seen-event.ts";
import type { Voyage } from "./voyage.ts";

/** What was wrong with a run; all must be 0. */
export interface Verdict {
  /** Events of the log that no client was given. */
  gaps: number;
  /** Events that clients were given twice, or out of order. */
  duplicates: number;
  /** Events whose content is another than the log's, or than the program told. */
  changed: number;
  /** Runs that ended otherwise than completed, never, or twice. */
  wrongEndings: number;
  /** Clients that failed instead of going on. */
  failures: number;
}

export const noFaults = (): Verdict => ({ gaps: 0, duplicates: 0, changed: 0, wrongEndings: 0, failures: 0 });

/** Compares what clients were given with the run's log, and the log with what the program told. */
export const judge = async (voyage: Voyage, folder: string, steps: number, reached: boolean): Promise<Verdict> => {
  const attempts = await readAttempts(folder, voyage.id);
  const truth = attempts.flat();
  const verdict = noFaults();
  verdict.failures = voyage.failures.length;
  const ends = truth.filter(({ event }) => event.type === "run.ended");
  const last = truth.at(-1)?.event;
  const isRight = reached && ends.length === 1 && last?.type === "run.ended" && last.reason === "completed";
  verdict.wrongEndings = isRight ? 0 : 1;
  compare(voyage.seen, truth, verdict);
  for (const [index, attempt] of attempts.entries()) {
    verdict.changed += otherThanTold(
      attempt.map(({ event }) => event),
      index === attempts.length - 1 ? steps : undefined,
    );
  }
  return verdict;
};

interface Logged extends SeenEvent {
  readonly event: Event;
}

const compare = (seen: readonly SeenEvent[], truth: readonly Logged[], verdict: Verdict) => {
  const places = new Map(truth.map(({ key }, place) => [key, place]));
  const given = new Set<string>();
  let before = -1;
  for (const { key, digest } of seen) {
    const place = places.get(key);
    if (place === undefined || truth[place]!.digest !== digest) verdict.changed += 1;
    else if (place <= before) verdict.duplicates += 1;
    given.add(key);
    before = Math.max(before, place ?? before);
  }
  verdict.gaps += truth.filter(({ key }) => !given.has(key)).length;
};

/** How many steps of an attempt are not those that the program told; `all` of them in the last attempt. */
const otherThanTold = (events: readonly Event[], all: number | undefined): number => {
  const steps = events.flatMap((event) => (event.type === "step" ? [event] : []));
  const wrong = steps.filter(({ step, metrics }, index) => step !== index || metrics.loss !== countedLoss(index));
  return wrong.length + (all === undefined ? 0 : Math.abs(all - steps.length));
};

/** The events of each attempt's log, up to its last whole line. */
const readAttempts = async (folder: string, run: string): Promise<Logged[][]> => {
  const attempts: Logged[][] = [];
  for (let number = 1; ; number++) {
    const bytes = await readFile(join(folder, `attempt-${number}`, "events.jsonl")).catch(() => undefined);
    if (!bytes) return attempts;
    attempts.push(await readAll(bytes, run, number));
  }
};

const readAll = async (bytes: Uint8Array, run: string, attempt: number): Promise<Logged[]> => {
  const events: Logged[] = [];
  const stream = readEvents(alone(bytes, attempt), { run, from: `${attempt}:0:0` });
  const last = bytes.lastIndexOf(10) + 1;
  while (offsetOf(stream.cursor, attempt) < last) {
    const { done, value } = await stream.next();
    if (done) break;
    events.push({ ...seenEvent(value, stream.cursor), event: value });
  }
  await stream.return();
  return events;
};

const offsetOf = (cursor: string, attempt: number): number => {
  const [at, offset] = cursor.split(":").map(Number);
  return at === attempt ? offset! : Number.POSITIVE_INFINITY;
};

const alone = (bytes: Uint8Array, only: number): LogCarrier => ({
  open: async (attempt) => {
    const log = attempt === only ? bytes : bytes.subarray(0, 0);
    return {
      read: async (offset) => ({ bytes: log.subarray(offset), size: log.length }),
      waitForGrowth: async () => undefined,
      close: async () => undefined,
    };
  },
  proveLife: async () => ({ alive: false, cause: "is not asked" }),
});
