import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { supervisorSources } from "../python/sources.ts";
import { pythonVariables } from "../python/variables.ts";

export interface Daemon {
  readonly socket: string;
  readonly pid: number;
}

export interface DaemonPlace {
  readonly python: string;
  readonly root: string;
  readonly home: string;
}

/** Finds or starts the supervisor of a root that outlives its clients. */
export const startDaemon = async ({ python, root, home }: DaemonPlace): Promise<Daemon> => {
  const command = ["-m", "flaxen_supervisor", "start", "--root", root, "--home", home];
  const { stdout } = await execa(python, command, {
    cwd: supervisorSources(),
    env: pythonVariables({ FLAXEN_SUPERVISOR_IDLE: "20" }),
    extendEnv: false,
  });
  return JSON.parse(stdout) as Daemon;
};

/** Whether something listens on that socket. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", () => resolve(false)).once("connect", () => resolve(true) ?? socket.destroy());
  });

/** Where the supervisor listens, started where there is none: its socket may be another one each time. */
export const daemonSocket = (place: DaemonPlace) => {
  let starting: Promise<Daemon> | undefined;
  return async (): Promise<{ readonly path: string }> => {
    const known = await starting?.catch(() => undefined);
    if (known && (await answers(known.socket))) return { path: known.socket };
    starting = startDaemon(place);
    return { path: (await starting).socket };
  };
};

/** Kills the supervisors of a root, and with them their workers. */
export const killDaemons = async (root: string): Promise<void> => {
  const names = await readdir(root).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(".supervisor-"))) {
    const text = await readFile(join(root, name, "daemon.json"), "utf8").catch(() => "{}");
    const { pid } = JSON.parse(text) as Partial<Daemon>;
    if (pid !== undefined) killQuietly(pid);
  }
};

export const killQuietly = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
};
