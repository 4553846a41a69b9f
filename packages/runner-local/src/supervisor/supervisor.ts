import { DiskFullError } from "@flaxen/runner";
import { execa } from "execa";
import { SupervisorError } from "../errors.ts";
import { hold } from "../python/hold.ts";
import { supervisorSources } from "../python/sources.ts";
import { pythonVariables } from "../python/variables.ts";

export interface SupervisorOptions {
  /** Absolute path of the interpreter that runs it and that environments are made with. */
  readonly python: string;
  readonly home: string;
}

/** A process that runs programs, builds their environments and writes their logs. It ends with this process. */
export interface Supervisor {
  /** Resolves once the run's log exists. `interpreter`: of an environment that is there already. */
  submit(folder: string, interpreter: string | undefined): Promise<void>;
  /** How it ended; undefined while it lives. */
  readonly death: string | undefined;
}

interface Refusal {
  readonly refused: string;
  /** Whether the disk is. */
  readonly full: boolean;
  readonly error: string;
}
type Reply = { readonly accepted: string } | Refusal;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const keptOutput = 8_192;

export const startSupervisor = ({ python, home }: SupervisorOptions): Supervisor => {
  // A session of its own: Ctrl-C in a terminal is this process's affair, and closing stdin is what ends the supervisor.
  const child = execa(python, ["-m", "flaxen_supervisor", "--home", home], {
    cwd: supervisorSources(),
    env: pythonVariables(),
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Map<string, Waiting>();
  let death: string | undefined;
  let printed = "";

  const settle = (folder: string): Waiting | undefined => {
    const found = waiting.get(folder);
    waiting.delete(folder);
    if (waiting.size === 0) hold(child.nodeChildProcess, false);
    return found;
  };

  eachLine(child.stdout, (line) => {
    const reply = JSON.parse(line) as Reply;
    if ("accepted" in reply) settle(reply.accepted)?.resolve();
    else settle(reply.refused)?.reject(refusal(reply));
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed = (printed + text).slice(-keptOutput);
  });
  child.stdin.on("error", () => undefined);
  child.then((ended) => {
    const how = ended.signal ?? (ended.exitCode === undefined ? ended.shortMessage : `exit code ${ended.exitCode}`);
    death = `ended (${how})${printed === "" ? "" : `, having printed:\n${printed.trimEnd()}`}`;
    for (const folder of [...waiting.keys()]) settle(folder)?.reject(new SupervisorError(`The supervisor ${death}`));
  });
  hold(child.nodeChildProcess, false);

  return {
    submit: (folder, interpreter) =>
      new Promise((resolve, reject) => {
        if (death !== undefined) return reject(new SupervisorError(`The supervisor ${death}`));
        waiting.set(folder, { resolve, reject });
        hold(child.nodeChildProcess, true);
        child.stdin.write(`${JSON.stringify({ verb: "submit", folder, interpreter: interpreter ?? null })}\n`);
      }),
    get death() {
      return death;
    },
  };
};

const refusal = ({ refused, full, error }: Refusal): Error =>
  full
    ? new DiskFullError("the run's log", refused)
    : new SupervisorError(`The supervisor refused ${refused}: ${error}`);

const eachLine = (stream: NodeJS.ReadableStream, take: (line: string) => void) => {
  let torn = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (torn + text).split("\n");
    torn = lines.pop() ?? "";
    lines.forEach(take);
  });
};
