import { readFileSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event, Job, Run } from "@flaxen/runner";
import { type LocalOptions, local } from "../local.ts";
import { findPython } from "../python/find-python.ts";

const prologue = `
import json, os, signal, subprocess, sys, threading, time

def emit(type, **fields):
    os.write(int(os.environ["FLAXEN_EVENTS_FD"]), json.dumps({"type": type, **fields}, separators=(",", ":")).encode() + b"\\n")

def result(reason="completed", step=0, metrics={}):
    emit("_result", reason=reason, step=step, epoch=0, bestEpoch=None, metrics=metrics)

def steps(first, *loss):
    emit("steps", first=first, count=len(loss), metrics={"loss": loss})

asked = threading.Event()

def listen():
    for line in sys.stdin:
        if json.loads(line)["verb"] == "cancel":
            asked.set()
    os._exit(1)

threading.Thread(target=listen, daemon=True).start()
`;

/** A job whose worker is the given Python, with `emit`, `result`, `steps` and `asked` (cancel) at hand. */
export const jobOf = (python: string, more: Partial<Job> = {}): Job => ({
  program: {
    hash: "sha256:program",
    files: { "flaxen/__init__.py": "", "flaxen/worker.py": prologue + python },
    entry: "train.py",
    environment: "base",
    sourceMap: [],
  },
  config: { seed: 0 },
  assets: [],
  document: "sha256:document",
  metrics: ["loss"],
  sites: {},
  ...more,
});

export const temporaryFolder = async (): Promise<string> => realpath(await mkdtemp(join(tmpdir(), "flaxen-test-")));

/** A runner whose workers need nothing but the standard library: any Python is environment enough. */
export const plainRunner = async (options: LocalOptions = {}) => {
  const folder = await temporaryFolder();
  const { executable } = await findPython();
  const home = join(folder, "home");
  return { folder, home, runner: local({ root: join(folder, "runs"), home, environment: executable, ...options }) };
};

export const collect = async (run: AsyncIterable<Event>): Promise<Event[]> => {
  const events: Event[] = [];
  for await (const event of run) events.push(event);
  return events;
};

/** The first event that fits; the stream is left behind then. */
export const until = async (run: Run, fits: (event: Event) => boolean): Promise<Event> => {
  for await (const event of run) if (fits(event)) return event;
  throw new Error("the run ended before that");
};

/** Whether a process runs; one that has ended and only waits to be collected does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    // Without /proc the signal's answer has to do.
    return (error as NodeJS.ErrnoException).code === "ENOENT" && process.platform !== "linux";
  }
};

export const allGone = async (pids: readonly number[], milliseconds: number): Promise<boolean> => {
  const deadline = Date.now() + milliseconds;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
};
