import { realpath } from "node:fs/promises";
import type { Duplex } from "node:stream";
import {
  type Attach,
  type AttachOptions,
  type Connection,
  type Job,
  ProtocolError,
  type Run,
  RunCancelledError,
  RunExistsError,
  RunNotFoundError,
  type Runner,
  type RunSource,
  reconnecting,
  remoteRun,
  runFromLog,
  type SubmitOptions,
} from "@flaxen/runner";
import { contentsOf, differences } from "../folder/contents.ts";
import { type JobFile, readJobFile } from "../folder/job-file.ts";
import { ownIdentity } from "../folder/process-identity.ts";
import { writeRunFolder } from "../folder/run-folder.ts";
import { newRunId } from "../folder/run-id.ts";
import { prepareRequest } from "../run/place.ts";

export interface RemoteOptions {
  /** Opens a byte stream to the supervisor of `root`. */
  readonly connect: () => Promise<Duplex>;
  readonly root: string;
  /** The interpreter that workers run with. */
  readonly python: string;
  readonly slots: number;
  /** Milliseconds of silence before the other end is asked whether it is there. */
  readonly interval: number;
  readonly warm?: boolean | undefined;
}

export interface RemoteRunner extends Runner {
  readonly attach: Attach;
  readonly connection: Connection;
}

/** Runs jobs through a byte stream, as a runner on another machine does: only the run's folder is written from here. */
export const remoteRunner = ({ connect, python, slots, interval, warm, ...options }: RemoteOptions): RemoteRunner => {
  const connection = reconnecting({ connect, interval });

  const source = (file: JobFile, folder: string, { signal, from }: AttachOptions): RunSource =>
    remoteRun(connection, {
      id: file.run,
      folder,
      origins: { sourceMap: file.sourceMap, sites: file.sites, dataSite: file.dataSite },
      signal,
      from,
    });

  const submit = async (job: Job, given: SubmitOptions = {}): Promise<Run> => {
    const { signal, id = newRunId(), maxSeconds = null, retries = 0 } = given;
    if (signal?.aborted) throw new RunCancelledError(undefined, signal.reason);
    const submission = { detached: true, maxSeconds, retries, at: Date.now(), by: await ownIdentity() };
    await writeRunFolder(options.root, id, job, submission);
    const folder = `${await realpath(options.root)}/${id}`;
    const file = (await readJobFile(folder))!;
    const differing = differences(file.contents, contentsOf(job));
    if (differing.length > 0) throw new RunExistsError(id, folder, differing);
    const request = prepareRequest({ environment: python }, python, job.program.environment);
    const more = { folder, detached: true, slots, device: null, maxSeconds, retries, warm: warm ?? false };
    await connection.request("submit", { ...request, ...more });
    return runFromLog(source(file, folder, { signal }));
  };

  const attach = async (id: string, { signal, from }: AttachOptions = {}): Promise<Run> => {
    const file = await readJob(connection, id, options.root);
    return runFromLog(source(file, `${options.root}/${id}`, { signal, from }));
  };

  return { specification: 1, name: "remote", submit, attach: attach as Attach, connection };
};

const readJob = async (connection: Connection, run: string, root: string): Promise<JobFile> => {
  try {
    const read = { run, file: "job.json", offset: 0, limit: 1024 * 1024, wait: 0 };
    const { bytes } = await connection.request("read", read);
    return JSON.parse(new TextDecoder().decode(bytes)) as JobFile;
  } catch (error) {
    if (ProtocolError.isInstance(error) && error.refusal === "unknown-run") throw new RunNotFoundError(run, root);
    throw error;
  }
};
