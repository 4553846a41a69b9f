import type { LogCarrier, LogPiece, LogTail, ProofOfLife } from "../log/carrier.ts";
import { readFile } from "./read-file.ts";
import type { Connection } from "./reconnecting.ts";

/** Bytes of one answer. The one that is read ahead makes two; nothing else is held for a consumer that sleeps. */
const pieceSize = 256 * 1024;
/** Seconds for which the supervisor holds an answer back; then it is asked whether the run still has one. */
const patience = 2;
/** Milliseconds after which a held answer is given up: connections that break and break again would hold it for ever. */
const givenUpAfter = 2 * patience * 1000;

/** Reads a run's log over a connection: the same bytes however often it breaks. */
export const remoteCarrier = (connection: Connection, run: string): LogCarrier => ({
  open: async (attempt, signal) => remoteTail(connection, run, `attempt-${attempt}/events.jsonl`, signal),
  proveLife: async (signal) => readProof((await connection.request("life", { run }, signal)).header),
});

const readProof = ({ alive, cause }: Readonly<Record<string, unknown>>): ProofOfLife =>
  alive === false ? { alive: false, cause: typeof cause === "string" ? cause : "ended" } : { alive: true };

/** A piece that was asked for before anybody needed it. */
interface Ahead {
  readonly offset: number;
  readonly piece: Promise<LogPiece>;
}

const remoteTail = (connection: Connection, run: string, file: string, signal: AbortSignal): LogTail => {
  const closed = new AbortController();
  const abort = () => closed.abort(signal.reason);
  let ahead: Ahead | undefined;
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });

  const ask = (offset: number, wait: number, signal = closed.signal): Ahead => {
    const piece = readFile(connection, { run, file, offset, limit: pieceSize, wait }, signal);
    piece.catch(() => undefined);
    return { offset, piece };
  };

  return {
    read: async (offset) => {
      const asked = ahead?.offset === offset ? ahead : ask(offset, 0);
      ahead = undefined;
      const piece = await asked.piece;
      // A full piece is not the last one: the next is on its way while this one is read.
      if (piece.bytes.length === pieceSize) ahead = ask(offset + pieceSize, 0);
      return piece;
    },
    waitForGrowth: async (offset) => {
      const givenUp = new AbortController();
      const timer = setTimeout(() => givenUp.abort(), givenUpAfter);
      // What is waited for comes with the answer, and the reading behind it finds it here.
      ahead = ask(offset, patience, AbortSignal.any([closed.signal, givenUp.signal]));
      try {
        await ahead.piece;
      } catch (error) {
        if (!givenUp.signal.aborted) throw error;
        ahead = undefined;
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      signal.removeEventListener("abort", abort);
      closed.abort(new Error("the log was closed"));
    },
  };
};
