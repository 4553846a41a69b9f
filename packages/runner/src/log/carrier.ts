/**
 * Brings the bytes of a run's log here: from a file, through SSH, from S3.
 *
 * A carrier only reads. It never ends a stream: losing the way to the log says nothing about the run.
 */
export interface LogCarrier {
  /** Opens one attempt's log, which need not exist yet. `signal` ends waiting; `close` is called as well. */
  open(attempt: number, signal: AbortSignal): Promise<LogTail>;
  /** Whether somebody may still write to the log. "dead" only on proof. `signal` ends waiting for it. */
  proveLife(signal: AbortSignal): Promise<ProofOfLife>;
}

export interface LogTail {
  /** The next bytes from `offset` on, a bounded number; none at the log's present end. */
  read(offset: number): Promise<LogPiece>;
  /** Resolves once the log may have grown beyond `offset`, after a while at the latest, at once when aborted. */
  waitForGrowth(offset: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface LogPiece {
  readonly bytes: Uint8Array;
  /** Size of the log when it was read. */
  readonly size: number;
}

export type ProofOfLife =
  | { readonly alive: true }
  /** `cause` completes "the supervisor …". */
  | { readonly alive: false; readonly cause: string };
