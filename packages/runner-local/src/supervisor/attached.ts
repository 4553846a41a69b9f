import { Duplex } from "node:stream";
import { wireClient } from "@flaxen/runner";
import { execa } from "execa";
import { SupervisorError } from "../errors.ts";
import { hold } from "../python/hold.ts";
import { supervisorSources } from "../python/sources.ts";
import { pythonVariables } from "../python/variables.ts";
import { type PrepareRequest, refusalOf, type SubmitRequest } from "./request.ts";

export interface SupervisorOptions {
  /** Absolute path of the interpreter that runs it and that environments are made with. */
  readonly python: string;
  readonly home: string;
}

/** A process that runs programs, builds their environments and writes their logs. It ends with this process. */
export interface Supervisor {
  readonly pid: number | undefined;
  /** How it ended; undefined while it lives. */
  readonly death: string | undefined;
  /** Resolves once the run's log exists. @throws SupervisorError, DiskFullError */
  submit(request: SubmitRequest): Promise<void>;
  /** Starts a process that has imported what the next run will need. */
  prepare(request: PrepareRequest): Promise<void>;
}

const keptOutput = 8_192;
/** Milliseconds. The child's end is told by the system: a pipe is never taken for dead because it is silent. */
const patience = 24 * 60 * 60 * 1_000;

export const startSupervisor = ({ python, home }: SupervisorOptions): Supervisor => {
  // A session of its own: Ctrl-C in a terminal is this process's affair, and closing stdin is what ends the supervisor.
  const child = execa(python, ["-m", "flaxen_supervisor", "serve", "--home", home], {
    cwd: supervisorSources(),
    env: pythonVariables(),
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const process = child.nodeChildProcess;
  let death: string | undefined;
  let printed = "";

  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(-keptOutput);
  });
  child.stdin.on("error", () => undefined);
  const ended = child.then(({ signal, exitCode, shortMessage }) => {
    const how = signal ?? (exitCode === undefined ? shortMessage : `exit code ${exitCode}`);
    death = `ended (${how})${printed === "" ? "" : `, having printed:\n${printed.trimEnd()}`}`;
    return death;
  });
  const held = { ref: () => hold(process, true), unref: () => hold(process, false) };
  const pipes = Duplex.from({ readable: child.stdout, writable: child.stdin });
  const client = wireClient(Object.assign(pipes, held), { interval: patience });

  const ask = async (verb: string, request: object, what: string): Promise<void> => {
    try {
      await client.request(verb, request);
    } catch (error) {
      const refused = refusalOf(error, what);
      if (refused !== error) throw refused;
      held.ref();
      throw new SupervisorError(`The supervisor ${await ended}`, { cause: error });
    }
  };

  return {
    pid: child.pid,
    get death() {
      return death;
    },
    submit: (request) => ask("submit", request, request.folder),
    prepare: (request) => ask("prepare", request, `the environment "${request.environment.name}"`),
  };
};
