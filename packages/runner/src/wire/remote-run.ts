import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Origins } from "../errors/failure-errors.ts";
import type { Cursor } from "../log/cursor.ts";
import type { RunSource } from "../run-from-log.ts";
import { downloadArtifact } from "./download.ts";
import type { Connection } from "./reconnecting.ts";
import { remoteCarrier } from "./remote-carrier.ts";

export interface RemoteRunOptions {
  readonly id: string;
  /** Where the run's folder lies on its machine. */
  readonly folder: string;
  readonly origins: Origins;
  readonly signal?: AbortSignal | undefined;
  readonly from?: Cursor | string | undefined;
  /** Folder that artifacts are put in, each below its sha256. @defaultValue a new one below the system's temporary one */
  readonly downloads?: string | undefined;
  /** Closes the connection when the run is disposed of; not given where others share it. */
  readonly close?: (() => Promise<void>) | undefined;
}

/** A run that lies where a connection leads: `runFromLog(remoteRun(connection, …))`. */
export const remoteRun = (connection: Connection, options: RemoteRunOptions): RunSource => {
  const { id, folder, origins, signal, from, close } = options;
  let temporary: Promise<string> | undefined;
  const downloads = async (): Promise<string> => {
    if (options.downloads !== undefined) return options.downloads;
    temporary ??= mkdtemp(join(tmpdir(), "flaxen-artifacts-"));
    return temporary;
  };
  return {
    id,
    folder,
    origins,
    signal,
    from,
    carrier: remoteCarrier(connection, id),
    connection: () => connection.state,
    request: async (verb, request) => {
      await connection.request("control", { run: id, request: { id: request, verb, arguments: {} } });
    },
    artifactPath: async (name, { sha256, bytes }) =>
      downloadArtifact({ connection, run: id, name, sha256, bytes, downloads: await downloads() }),
    ...(close && { close }),
  };
};
