import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { promisify } from "node:util";
import type { ProofOfLife } from "@flaxen/runner";

/** A process, told apart from another one that was given its pid later, on this or the next start of the machine. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own notation; null where it could not be told. */
  readonly startTime: string | null;
  /** Empty where the system has none. */
  readonly bootId: string;
  /** Where pids are counted: containers have their own. Null where that is not told. */
  readonly pidNamespace: string | null;
}

export const ownIdentity = async (): Promise<ProcessIdentity> => {
  const { pid } = process;
  return {
    pid,
    startTime: (await look(pid))?.startTime ?? null,
    bootId: await bootId(),
    pidNamespace: await pidNamespace(),
  };
};

/** Whether a process still runs. Dead only on proof: what cannot be found out counts as alive. */
export const proveProcess = async (identity: ProcessIdentity): Promise<ProofOfLife> => {
  const { pid, startTime } = identity;
  const [thisBoot, thisNamespace] = [await bootId(), await pidNamespace()];
  if (identity.bootId !== "" && thisBoot !== "" && identity.bootId !== thisBoot) {
    return dead(`is gone: the machine was started again since (process ${pid} was of an earlier start)`);
  }
  // Of another container: its numbers say nothing here.
  const isElsewhere =
    identity.pidNamespace !== null && thisNamespace !== null && identity.pidNamespace !== thisNamespace;
  if (isElsewhere) return { alive: true };
  const found = await look(pid);
  if (!found) return dead(`is gone: there is no process ${pid} any more`);
  if (found.ended) return dead(`has ended: process ${pid} only waits to be collected`);
  if (startTime !== null && found.startTime !== startTime) {
    return dead(`is gone: process ${pid} is another one, which started later`);
  }
  return { alive: true };
};

const dead = (cause: string): ProofOfLife => ({ alive: false, cause });

interface Look {
  readonly startTime: string;
  readonly ended: boolean;
}

const look = async (pid: number): Promise<Look | undefined> => {
  if (process.platform !== "linux") return lookWithPs(pid);
  try {
    // Behind the name, which may hold anything: the state is field 3, the start time field 22.
    const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(")").at(-1)!.trim().split(" ");
    return { startTime: fields[19]!, ended: fields[0] === "Z" || fields[0] === "X" };
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
};

const lookWithPs = async (pid: number): Promise<Look | undefined> => {
  const asked = promisify(execFile)("/bin/ps", ["-o", "stat=,lstart=", "-p", String(pid)]);
  const { stdout } = await asked.catch(() => ({ stdout: "" }));
  const [, state, startTime] = /^(\S+)\s+(.*\S)\s*$/.exec(stdout.trim()) ?? [];
  return state === undefined ? undefined : { startTime: startTime!, ended: state.startsWith("Z") };
};

let boot: Promise<string> | undefined;
let namespace: Promise<string | null> | undefined;

/** It stays as it is for as long as this process lives. */
const bootId = (): Promise<string> => {
  boot ??= readBootId();
  return boot;
};

const pidNamespace = (): Promise<string | null> => {
  namespace ??= readlink("/proc/self/ns/pid").catch(() => null);
  return namespace;
};

const readBootId = async (): Promise<string> => {
  if (process.platform === "linux") return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const asked = promisify(execFile)("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"]);
  return (await asked.catch(() => ({ stdout: "" }))).stdout.trim();
};
