export { type Ending, endings } from "./ending.ts";
export {
  DiskFullError,
  EnvironmentError,
  OutOfMemoryError,
  RunAbandonedError,
  RunCancelledError,
  RunClosedError,
  RunEndedError,
} from "./errors/ending-errors.ts";
export { DataError, fromFailure, NonFiniteLossError, type Origins, RunFailedError } from "./errors/failure-errors.ts";
export { fromEnding, type RunEnded } from "./errors/from-ending.ts";
export {
  InvalidCursorError,
  LogTruncatedError,
  MalformedEventError,
  type StreamGap,
  StreamGapError,
  UnknownEventVersionError,
} from "./errors/log-errors.ts";
export { PythonMissingError, PythonTooOldError } from "./errors/python-errors.ts";
export { RunLostError } from "./errors/run-lost-error.ts";
export {
  type Event,
  type Failure,
  type Frame,
  failure,
  type OtherEvent,
  type StepEvent,
  type WireEvent,
  wireEvent,
} from "./events.ts";
export type { Asset, Job, Program, SourceRange } from "./job.ts";
export type { LogCarrier, LogPiece, LogTail, ProofOfLife } from "./log/carrier.ts";
export { type Cursor, fromCursor, type Position, toCursor } from "./log/cursor.ts";
export { type EventStream, type ReadOptions, readEvents } from "./log/read-events.ts";
export { type RunSource, runFromLog } from "./run-from-log.ts";
export type { Artifact, Run, Runner, RunResult, SubmitOptions } from "./runner.ts";
export { locate, locateFailure } from "./source-map.ts";
