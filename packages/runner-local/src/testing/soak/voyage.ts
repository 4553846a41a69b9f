import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Cursor, Job } from "@flaxen/runner";
import { RunNotLostError } from "../../errors.ts";
import type { LocalRunner } from "../../local.ts";
import type { Argument } from "../subjects.ts";
import type { ClientTask } from "./client.ts";
import { fromLine, type SeenEvent } from "./seen-event.ts";

export type VoyageCarrier = "file" | "stream";

/** One run of a soak, from its submission to the last event that a client was given of it. */
export interface Voyage {
  readonly id: string;
  readonly carrier: VoyageCarrier;
  /** All that clients told, in the order in which they told it. */
  readonly seen: readonly SeenEvent[];
  /** What clients failed with, other than by a kill. */
  readonly failures: readonly string[];
  /** Kills the client that reads now. False where none has read anything yet. */
  killClient(): boolean;
  /** Resolves once a client was given the run's end; rejects where nothing leads there. */
  readonly ended: Promise<void>;
}

export interface VoyageOptions {
  readonly id: string;
  readonly job: Job;
  readonly carrier: VoyageCarrier;
  readonly runner: LocalRunner;
  /** What clients open the run with. */
  readonly argument: Argument;
  readonly signal: AbortSignal;
}

const script = join(import.meta.dirname, "client.ts");
/** Of the run: a worker may be killed any number of times. */
const retries = 1_000;
const mostFailures = 20;

/** Submits a run and follows it with one client after the other, each going on where the one before was killed. */
export const startVoyage = ({ id, job, carrier, runner, argument, signal }: VoyageOptions): Voyage => {
  const seen: SeenEvent[] = [];
  const failures: string[] = [];
  let client: ChildProcess | undefined;
  let told = 0;

  /** The lines of a client that are whole; whether it told that the run is lost. */
  const listen = async (stdout: NodeJS.ReadableStream): Promise<boolean> => {
    let torn = "";
    let lost = false;
    for await (const chunk of stdout.setEncoding("utf8")) {
      const lines = (torn + chunk).split("\n");
      torn = lines.pop() ?? "";
      told += lines.length;
      for (const line of lines) {
        if (line === "lost") lost = true;
        else seen.push(fromLine(line));
      }
    }
    return lost;
  };

  const follow = async (from: Cursor | undefined): Promise<boolean> => {
    const task: ClientTask = { argument, id, from };
    const child = spawn(process.execPath, ["--conditions=@flaxen/source", script, JSON.stringify(task)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    client = child;
    told = 0;
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      errors += text;
    });
    const closed = once(child, "close");
    const lost = await listen(child.stdout);
    const [code, killedBy] = await closed;
    client = undefined;
    if (code !== 0 && killedBy !== "SIGKILL") failures.push(errors.trim() || `exit code ${code}`);
    return lost;
  };

  /** Until it works: who was asked may have been killed just then. */
  const persist = async (work: () => Promise<unknown>): Promise<void> => {
    for (let failed = 1; !signal.aborted; failed++) {
      try {
        await work();
        return;
      } catch (error) {
        if (failed >= mostFailures) throw error;
        await pause(200);
      }
    }
  };

  const restart = () =>
    runner.restart(id).catch((error: unknown) => {
      if (!RunNotLostError.isInstance(error)) throw error;
    });

  const sail = async (): Promise<void> => {
    await persist(() => runner.submit(job, { id, detach: true, retries }));
    while (!signal.aborted && !seen.at(-1)?.ending) {
      if (failures.length >= mostFailures) throw new Error(`Its clients fail: ${failures.at(-1)}`);
      if (await follow(seen.at(-1)?.cursor)) await persist(restart);
    }
  };
  signal.addEventListener("abort", () => client?.kill("SIGKILL"), { once: true });

  return {
    id,
    carrier,
    seen,
    failures,
    killClient: () => told > 0 && client?.kill("SIGKILL") === true,
    ended: sail(),
  };
};
