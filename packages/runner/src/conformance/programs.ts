import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Event } from "../events.ts";
import type { Job } from "../job.ts";

const prologue = `
import json, os, signal, subprocess, sys, threading, time

def emit(type, **fields):
    text = json.dumps({"type": type, **fields}, ensure_ascii=False, separators=(",", ":"))
    data = text.encode() + b"\\n"
    while data:
        data = data[os.write(int(os.environ["FLAXEN_EVENTS_FD"]), data):]

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

const programOf = (files: Readonly<Record<string, string>>): Job["program"] => {
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  return { hash: `sha256:${hash}`, files, entry: "train.py", environment: "base", sourceMap: [] };
};

/**
 * A job whose worker is the given plain Python, with `emit`, `result`, `steps` and `asked` (the request to cancel) at
 * hand: it speaks the worker's protocol and needs nothing but the standard library.
 */
export const jobOf = (python: string, more: Partial<Job> = {}): Job => workerOf(prologue + python, more);

/** As `jobOf`, with nothing at hand: a worker that need not speak the protocol at all. */
export const workerOf = (worker: string, more: Partial<Job> = {}): Job => ({
  program: programOf({ "flaxen/__init__.py": "", "flaxen/worker.py": worker }),
  config: { seed: 0 },
  assets: [],
  document: "sha256:document",
  metrics: ["loss"],
  sites: {},
  ...more,
});

export const temporaryFolder = async (): Promise<string> => realpath(await mkdtemp(join(tmpdir(), "flaxen-test-")));

export const collect = async (run: AsyncIterable<Event>): Promise<Event[]> => {
  const events: Event[] = [];
  for await (const event of run) events.push(event);
  return events;
};

/** The first event that fits; the stream is left behind then. */
export const until = async (run: AsyncIterable<Event>, fits: (event: Event) => boolean): Promise<Event> => {
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

/** Whether all of them end within that time. */
export const allGone = async (pids: readonly number[], milliseconds: number): Promise<boolean> => {
  const deadline = Date.now() + milliseconds;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
};
