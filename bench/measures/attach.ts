import { connect } from "node:net";
import { dirname, join } from "node:path";
import { reconnecting, remoteRun, runFromLog } from "@flaxen/runner";
import { flaxenHome, local } from "@flaxen/runner-local";
import { defineBench } from "../harness/bench.ts";
import { capture } from "../harness/environment.ts";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { drip } from "./plain-events.ts";

const cuts = 20;
/** Milliseconds between two events, and between two cuts. */
const [eventPause, cutPause] = [2, 300];

export const attach = defineBench({
  name: "attach",
  measures: [
    {
      name: "attach",
      about: `from a reset connection to the next event that was written behind it, ${cuts} resets of a detached run's`,
      unit: "ms",
      goal: { relation: "<", value: 1_000 },
    },
  ],
  run: async ({ product, runs }) => {
    const root = join(runs, "detached");
    const events = (cuts * cutPause * 2) / eventPause;
    const { id, folder } = await local({ root, environment: product.python }).submit(drip(events, eventPause), {
      detach: true,
    });
    await using proxy = await startCuttingProxy(await socketOf(root, product.base));
    const connection = reconnecting({ connect: async () => connect(proxy.port, "127.0.0.1") });
    const run = runFromLog(remoteRun(connection, { id, folder, origins: { sourceMap: [], sites: {} } }));
    try {
      return { attach: { samples: { ours: await measure(run, proxy.cut) } } };
    } finally {
      await run.cancel();
      connection.close();
    }
  },
});

/** Where the supervisor of a root listens: the one that holds the run already. */
const socketOf = async (root: string, python: string): Promise<string> => {
  const sources = join(dirname(dirname(import.meta.dirname)), "python");
  const start = `import sys; sys.path.insert(0, ${JSON.stringify(sources)}); sys.argv[0] = "flaxen_supervisor"
import runpy; runpy.run_module("flaxen_supervisor", run_name="__main__")`;
  const where = ["start", "--root", root, "--home", flaxenHome()];
  return (JSON.parse(await capture(python, ["-c", start, ...where])) as { readonly socket: string }).socket;
};

/** Milliseconds from each cut to the first event that was written behind it: what had come before it does not count. */
const measure = async (run: AsyncIterable<{ readonly type: string; readonly t: number }>, cut: () => void) => {
  const samples: number[] = [];
  let wasCut: { readonly wall: number; readonly at: number } | undefined;
  let next = performance.now() + cutPause;
  for await (const event of run) {
    const now = performance.now();
    if (wasCut && event.t > wasCut.wall) {
      samples.push(now - wasCut.at);
      wasCut = undefined;
      next = now + cutPause;
    }
    if (samples.length === cuts) return samples;
    if (wasCut || now < next || event.type !== "step") continue;
    cut();
    wasCut = { wall: Date.now(), at: now };
  }
  throw new Error(`the run ended after ${samples.length} cuts of ${cuts}.`);
};
