import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "@flaxen/runner";
import { jobOf, type Random, randomOf, startProxy, temporaryFolder } from "@flaxen/runner/conformance";
import { local } from "../../local.ts";
import { findPython } from "../../python/find-python.ts";
import { daemonSocket, killDaemons, killQuietly } from "../daemon.ts";
import { type Fault, faults, inflict, nextFault, type Target } from "./chaos.ts";
import { marked, marker } from "./processes.ts";
import { judge, noFaults, type Verdict } from "./verdict.ts";
import { startVoyage, type Voyage, type VoyageCarrier } from "./voyage.ts";

export interface SoakOptions {
  /** Faults that are inflicted. */
  readonly kills: number;
  readonly seed: number;
  /** Runs at once. @defaultValue 3 */
  readonly lanes?: number | undefined;
  /** Hears of every fault and every run's end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Progress {
  readonly kills: number;
  readonly runs: number;
  readonly events: number;
}

export interface SoakResult extends Progress {
  readonly inflicted: Readonly<Record<Fault, number>>;
  readonly verdicts: Readonly<Record<VoyageCarrier, Verdict>>;
  /** Commands of processes that were left. */
  readonly orphans: readonly string[];
  /** What went wrong, in words: the runs, and where they lie. Their folders are kept then. */
  readonly troubles: readonly string[];
}

/** Lines that a run tells, and how many a second: a run of a second and a half. */
const steps = 120;
const rate = 80;
/** Milliseconds after the last fault in which every run must have ended. */
const patience = 120_000;
/** Milliseconds that processes may take to be gone. */
const mourning = 5_000;

/** Tells its steps, and leaves a process behind at every attempt. */
const job: Job = jobOf(`
subprocess.Popen(["sleep", "600"])
began = time.monotonic()
for i in range(${steps}):
    steps(i, ((i * 2654435761) % 4294967296) / 65536)
    time.sleep(max(0, began + (i + 1) / ${rate} - time.monotonic()))
result(step=${steps})
`);

/** Many short runs, whose clients, workers, supervisors and connections are killed at random. */
export const soak = async (options: SoakOptions): Promise<SoakResult> => {
  const { kills, seed, lanes = 3, onProgress, signal = new AbortController().signal } = options;
  const random = randomOf(seed);
  const mark = randomUUID();
  process.env[marker] = mark;
  const folder = await temporaryFolder();
  const root = join(folder, "runs");
  const home = join(folder, "home");
  const { executable: python } = await findPython();
  const place = { root, home, environment: python, warm: false, slots: lanes };
  const runner = local(place);
  const proxy = await startProxy({ to: daemonSocket({ python, root, home }) });
  proxy.chop(4_096);
  const remote = { address: proxy.address, root, python, slots: lanes, interval: 200 };
  const open = new Set<Voyage>();
  const over = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  const verdicts = { file: noFaults(), stream: noFaults() };
  const inflicted = Object.fromEntries(faults.map((fault) => [fault, 0])) as Record<Fault, number>;
  const troubles: string[] = [];
  const done = { kills: 0, runs: 0, events: 0 };
  const target: Target = { proxy, root, mark, voyages: () => [...open] };

  const sail = async (carrier: VoyageCarrier): Promise<void> => {
    const id = `soak-${seed}-${randomUUID().slice(0, 8)}`;
    const argument = carrier === "file" ? { local: place } : { remote };
    const voyage = startVoyage({ id, job, carrier, runner, argument, signal: ends });
    open.add(voyage);
    const error = await voyage.ended.catch((thrown: unknown) => thrown);
    open.delete(voyage);
    if (signal.aborted) return;
    const verdict = await judge(voyage, join(root, id), steps, error === undefined && !ends.aborted);
    add(verdicts[carrier], verdict);
    done.runs += 1;
    done.events += voyage.seen.length;
    if (Object.values(verdict).some((count) => count > 0)) {
      const why = error ? `: ${error}` : ends.aborted ? ": it never ended" : "";
      troubles.push(`${join(root, id)} (${carrier}): ${JSON.stringify(verdict)}${why} ${voyage.failures.join("\n")}`);
    }
    onProgress?.(done);
  };

  /** One run after the other, as long as there are faults to come. */
  const lane = async (number: number): Promise<void> => {
    for (let run = number; run === number || (done.kills < kills && !ends.aborted); run++) {
      await sail(run % 2 === 0 ? "file" : "stream");
    }
  };

  const storm = async (chance: Random): Promise<void> => {
    while (done.kills < kills && !ends.aborted) {
      await pause(chance.between(100, 700));
      const fault = nextFault(chance);
      if (!(await inflict(fault, chance, target))) continue;
      inflicted[fault] += 1;
      done.kills += 1;
      onProgress?.(done);
    }
  };

  const clearUp = async (): Promise<void> => {
    proxy.thaw();
    await proxy[Symbol.asyncDispose]();
    await killDaemons(root);
    for (const { pid } of await marked(mark)) killQuietly(pid);
    delete process.env[marker];
    if (troubles.length === 0 || signal.aborted) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const sailing = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
    await storm(random);
    const late = pause(patience, undefined, { signal: over.signal }).then(
      () => over.abort(),
      () => undefined,
    );
    await sailing;
    over.abort();
    await late;
    const orphans = await findOrphans(mark);
    return { ...done, inflicted, verdicts, orphans, troubles };
  } finally {
    await clearUp();
  }
};

/** Processes that are left when all runs have ended, the supervisor aside. */
const findOrphans = async (mark: string): Promise<string[]> => {
  for (const deadline = performance.now() + mourning; ; await pause(100)) {
    const left = (await marked(mark)).filter(({ command }) => !command.includes("flaxen_supervisor daemon"));
    if (left.length === 0 || performance.now() > deadline) return left.map(({ pid, command }) => `${pid} ${command}`);
  }
};

const add = (sum: Verdict, more: Verdict) => {
  for (const name of Object.keys(more) as (keyof Verdict)[]) sum[name] += more[name];
};
