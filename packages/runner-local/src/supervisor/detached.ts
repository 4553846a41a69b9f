import { connect } from "node:net";
import { FlaxenError } from "@flaxen/errors";
import { ConnectionLost, wireClient } from "@flaxen/runner";
import { execa } from "execa";
import { SupervisorError } from "../errors.ts";
import { supervisorSources } from "../python/sources.ts";
import { pythonVariables } from "../python/variables.ts";
import type { SupervisorOptions } from "./attached.ts";
import { refusalOf, type SubmitRequest } from "./request.ts";
import { withoutDeviceVariables } from "./variables.ts";

export interface DetachedOptions extends SupervisorOptions {
  /** Folder of the runs' folders: a root has one supervisor of each version. */
  readonly root: string;
}

/** How often a supervisor is looked for that ends just while it is spoken to: it does so when it has had nothing to do. */
const tries = 3;

/**
 * Hands a run to the supervisor that outlives this process, started where there is none. Resolves once the run's log
 * exists. To ask twice for the same folder is to ask once.
 *
 * @throws SupervisorError, DiskFullError
 */
export const submitDetached = async (options: DetachedOptions, request: SubmitRequest): Promise<void> => {
  for (let left = tries - 1; ; left--) {
    const client = wireClient(connect(await findOrStart(options)));
    try {
      await client.request("submit", request);
      return;
    } catch (error) {
      if (error instanceof ConnectionLost && left > 0) continue;
      const refused = refusalOf(error, request.folder);
      if (refused !== error || FlaxenError.isInstance(error)) throw refused;
      throw new SupervisorError(`The supervisor of ${options.root} does not answer: ${(error as Error).message}`, {
        cause: error,
      });
    } finally {
      client.close();
    }
  }
};

/** @returns the path of its socket */
const findOrStart = async ({ python, home, root }: DetachedOptions): Promise<string> => {
  const command = ["-m", "flaxen_supervisor", "start", "--root", root, "--home", home];
  const { stdout, stderr, shortMessage } = await execa(python, command, {
    cwd: supervisorSources(),
    env: withoutDeviceVariables(pythonVariables()),
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  const { socket, error } = answer(stdout);
  if (typeof socket === "string") return socket;
  const why = typeof error === "string" ? error : (shortMessage ?? "it said nothing");
  throw new SupervisorError(`The supervisor of ${root} cannot be started: ${why}`, { detail: stderr.trimEnd() });
};

const answer = (stdout: string): { readonly socket?: unknown; readonly error?: unknown } => {
  try {
    return Object(JSON.parse(stdout.trim().split("\n").at(-1)!));
  } catch {
    return {};
  }
};
