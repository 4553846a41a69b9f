import { spawn } from "node:child_process";
import { join } from "node:path";

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of this folder in a Node process of its own, to its end. */
export const node = (script: string, ...args: readonly string[]): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const path = join(import.meta.dirname, script);
    const child = spawn(process.execPath, ["--conditions=@flaxen/source", path, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
      });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...texts }));
  });
