import { readdirSync, readFileSync } from "node:fs";

/** Ids of the processes, zombies aside, whose command line or environment holds a text. Linux only. */
export const processesWith = (text: string): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) return false;
        return ["cmdline", "environ"].some((file) => readFileSync(`/proc/${pid}/${file}`, "latin1").includes(text));
      } catch {
        return false;
      }
    })
    .map(Number);
