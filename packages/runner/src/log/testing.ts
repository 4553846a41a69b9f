import type { LogCarrier, ProofOfLife } from "./carrier.ts";

const encoder = new TextEncoder();

/** A line of a log: `fields` with an envelope around them. */
export const line = (seq: number, fields: Record<string, unknown>, att = 1): string =>
  `${JSON.stringify({ v: 1, run: "r_1", att, seq, t: 1_763_715_600_000 + seq, m: seq, ...fields })}\n`;

/** The log of an attempt, its lines numbered from 0. */
export const attemptOf = (attempt: number, ...events: readonly Record<string, unknown>[]): string =>
  events.map((fields, seq) => line(seq, fields, attempt)).join("");

/** A log that is whole up to `run.ended`. */
export const logOf = (...events: readonly Record<string, unknown>[]): string => lastAttemptOf(1, ...events);

/** The log of a run's last attempt, whole up to `run.ended`. */
export const lastAttemptOf = (attempt: number, ...events: readonly Record<string, unknown>[]): string => {
  const lines = events.map((fields, seq) => line(seq, fields, attempt));
  const bytes = encoder.encode(lines.join("")).length;
  const ended = { reason: "completed", step: 0, epoch: null, bestEpoch: null, metrics: {}, failure: null };
  const last = { type: "run.ended", events: lines.length + 1, bytes, ...ended };
  return [...lines, line(lines.length, last, attempt)].join("");
};

/** A log in memory that grows by `append`, one file an attempt; `piece` bytes are read at once. */
export const memoryLog = (piece = 64) => {
  const files = new Map<number, Uint8Array>();
  const empty = new Uint8Array(0);
  let proof: ProofOfLife = { alive: true };
  let wake: () => void = () => undefined;
  const state = { open: 0, reads: 0 };
  const carrier: LogCarrier = {
    open: async (attempt) => {
      state.open += 1;
      return {
        read: async (offset) => {
          state.reads += 1;
          const bytes = files.get(attempt) ?? empty;
          return { bytes: bytes.subarray(offset, offset + piece), size: bytes.length };
        },
        waitForGrowth: (_offset, signal) =>
          new Promise((resolve) => {
            const timer = setTimeout(resolve, 5);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
            signal.addEventListener("abort", wake, { once: true });
          }),
        close: async () => {
          state.open -= 1;
        },
      };
    },
    proveLife: async () => proof,
  };
  return {
    carrier,
    state,
    append: (text: string | Uint8Array, attempt = 1) => {
      const more = typeof text === "string" ? encoder.encode(text) : text;
      const bytes = files.get(attempt) ?? empty;
      const grown = new Uint8Array(bytes.length + more.length);
      grown.set(bytes);
      grown.set(more, bytes.length);
      files.set(attempt, grown);
      wake();
    },
    replace: (text: string, attempt = 1) => {
      files.set(attempt, encoder.encode(text));
      wake();
    },
    die: (cause: string) => {
      proof = { alive: false, cause };
    },
  };
};
