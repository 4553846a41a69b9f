import { readdir, readFile } from "node:fs/promises";

/** The variable that every process of a soak inherits, whatever starts it. */
export const marker = "FLAXEN_SOAK";

export interface Marked {
  readonly pid: number;
  readonly command: string;
}

/** The processes of this machine that carry the mark, this one aside. Only Linux can say. */
export const marked = async (mark: string): Promise<Marked[]> => {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map((pid) => look(pid, mark)));
  return found.filter((each) => each !== undefined);
};

const look = async (pid: number, mark: string): Promise<Marked | undefined> => {
  if (pid === process.pid) return undefined;
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, "latin1").catch(() => "");
  // A process that has ended and only waits to be collected has no environment any more.
  if (!(await read("environ")).split("\0").includes(`${marker}=${mark}`)) return undefined;
  return { pid, command: (await read("cmdline")).replaceAll("\0", " ").trim().slice(0, 120) };
};

export const isMarked = async (pid: number, mark: string): Promise<boolean> => (await look(pid, mark)) !== undefined;
