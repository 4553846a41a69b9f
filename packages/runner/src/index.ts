export { type Ending, endings } from "./ending.ts";
export { ArtifactDamagedError } from "./errors/artifact-errors.ts";
export { ExperimentMismatchError, RunExistsError, RunNotFoundError } from "./errors/attach-errors.ts";
export {
  DeviceMismatchError,
  DiskFullError,
  EnvironmentError,
  OutOfMemoryError,
  RunAbandonedError,
  RunCancelledError,
  RunClosedError,
  RunEndedError,
  RunTimedOutError,
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
export { ProtocolError, TransportError, UnknownProtocolError } from "./errors/wire-errors.ts";
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
export {
  type Artifact,
  type Attach,
  type AttachOptions,
  type ConnectionState,
  type Described,
  type EventsOptions,
  type Restores,
  type Run,
  type RunListing,
  type Runner,
  type RunResult,
  type RunState,
  restore,
  type SubmitOptions,
} from "./runner.ts";
export { locate, locateFailure } from "./source-map.ts";
export { unlessAborted } from "./wire/abort.ts";
export { ConnectionLost, type WireClient, type WireClientOptions, wireClient } from "./wire/client.ts";
export { encodeFrame, type FrameDecoder, frameDecoder, longestPayload, type Message } from "./wire/frames.ts";
export { greetingOf } from "./wire/greeting.ts";
export { type Connection, type ReconnectingOptions, reconnecting } from "./wire/reconnecting.ts";
export { remoteCarrier } from "./wire/remote-carrier.ts";
export { type RemoteRunOptions, remoteRun } from "./wire/remote-run.ts";
