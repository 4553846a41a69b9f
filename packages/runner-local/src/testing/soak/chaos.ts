import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Random, StreamProxy } from "@flaxen/runner/conformance";
import { killQuietly } from "../daemon.ts";
import { isMarked } from "./processes.ts";
import type { Voyage } from "./voyage.ts";

/** What is done to a soak, by how often: the clients are what a user's Ctrl-C hits most. */
const weights = { client: 12, worker: 5, supervisor: 2, cut: 2, reset: 2, freeze: 1, outage: 1 } as const;
export type Fault = keyof typeof weights;
export const faults = Object.keys(weights) as readonly Fault[];

export interface Target {
  readonly proxy: StreamProxy;
  readonly root: string;
  readonly mark: string;
  voyages(): readonly Voyage[];
}

const hat = faults.flatMap((fault) => Array<Fault>(weights[fault]).fill(fault)) as [Fault, ...Fault[]];

export const nextFault = (random: Random): Fault => random.pick(hat);

/** Does it; false where there was nothing to do it to just then. */
export const inflict = async (fault: Fault, random: Random, target: Target): Promise<boolean> => {
  const { proxy } = target;
  const voyages = target.voyages();
  const voyage = voyages[random.between(0, Math.max(0, voyages.length - 1))];
  const moment = random.between(100, 900);
  switch (fault) {
    case "client":
      return voyage?.killClient() ?? false;
    case "worker":
    case "supervisor":
      return voyage ? killProcess(fault, voyage, target) : false;
    case "cut":
      if (proxy.connections === 0) return false;
      proxy.cut();
      return true;
    case "reset":
      if (proxy.connections === 0) return false;
      proxy.reset();
      return true;
    case "freeze":
      proxy.freeze();
      await pause(moment);
      proxy.thaw();
      return true;
    case "outage":
      await proxy.outage();
      await pause(moment);
      await proxy.restore();
      return true;
  }
};

interface Status {
  readonly state?: string;
  readonly worker?: number | null;
  readonly supervisor?: { readonly pid: number };
}

const killProcess = async (
  which: "worker" | "supervisor",
  { id }: Voyage,
  { root, mark }: Target,
): Promise<boolean> => {
  const text = await readFile(join(root, id, "status.json"), "utf8").catch(() => "{}");
  const { state, worker, supervisor } = JSON.parse(text) as Status;
  const pid = which === "worker" ? worker : supervisor?.pid;
  if (!pid || state === "ended" || !(await isMarked(pid, mark))) return false;
  killQuietly(pid);
  return true;
};
