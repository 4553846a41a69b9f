import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { local } from "@flaxen/runner-local";
import { testPython } from "./runner.ts";

/** A line of a program's event pipe. `lane` where several trials run together. */
export interface RawEvent {
  readonly type: string;
  readonly lane?: number;
  readonly [field: string]: unknown;
}

export interface ProjectRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly events: readonly RawEvent[];
}

/** Absolute path of an interpreter with what emitted programs import. */
export const projectPython = (): Promise<string> => local({ environment: testPython }).interpreter("base");

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "flaxen-project-"));

/** Runs `python train.py [arguments]` in an ejected folder with no other variables than these; reads its event pipe. */
export const runProject = async (
  folder: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<ProjectRun> => {
  const python = await projectPython();
  return new Promise((resolve, reject) => {
    const child = spawn(python, ["train.py", ...args], {
      cwd: folder,
      env: { FLAXEN_EVENTS_FD: "3", ...env },
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    });
    const texts = ["", "", ""] as [string, string, string];
    const pipes = [child.stdout, child.stderr, child.stdio[3] as Readable];
    for (const [index, pipe] of pipes.entries())
      pipe.setEncoding("utf8").on("data", (text: string) => {
        texts[index as 0] += text;
      });
    child.on("error", reject);
    child.on("close", (code) => {
      const [stdout, stderr, lines] = texts;
      const events = lines.split("\n").filter((line) => line !== "");
      resolve({ code, stdout, stderr, events: events.map((line) => JSON.parse(line) as RawEvent) });
    });
  });
};

/** The columns of all `steps` events of a lane, one after another. */
export const stepColumn = (events: readonly RawEvent[], metric: string, lane?: number): readonly number[] =>
  events
    .filter((event) => event.type === "steps" && event.lane === lane)
    .flatMap((event) => (event.metrics as Record<string, number[]>)[metric] ?? []);
