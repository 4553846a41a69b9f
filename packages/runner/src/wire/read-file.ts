import { ProtocolError } from "../errors/wire-errors.ts";
import type { LogPiece } from "../log/carrier.ts";
import type { Connection } from "./reconnecting.ts";

export interface Read {
  readonly run: string;
  /** `attempt-N/events.jsonl`, `artifacts/…`, `job.json` or `status.json`. */
  readonly file: string;
  readonly offset: number;
  readonly limit: number;
  /** Seconds for which the supervisor holds the answer back while nothing stands behind `offset`. */
  readonly wait: number;
}

/** A piece of a file in a run's folder; a file that is not there is empty. */
export const readFile = async (connection: Connection, read: Read, signal?: AbortSignal): Promise<LogPiece> => {
  const { header, bytes } = await connection.request("read", read, signal);
  const { size } = header;
  if (!Number.isSafeInteger(size) || bytes.length > read.limit) {
    throw new ProtocolError(`The supervisor answered a reading of ${read.file} with something else.`);
  }
  return { bytes, size: size as number };
};
