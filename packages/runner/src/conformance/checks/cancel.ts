import { RunCancelledError } from "../../errors/ending-errors.ts";
import type { Event } from "../../events.ts";
import type { Job } from "../../job.ts";
import type { Check } from "../check.ts";
import type { CheckContext } from "../context.ts";
import { mustBe, mustEnd, mustHold, mustReject } from "../must.ts";
import { jobOf, workerOf } from "../programs.ts";

/** Cancels a run once it is so far, and sees that it ends as cancelled, for everybody who asks. */
const cancelledAt = async (
  context: CheckContext,
  job: Job,
  fits: (event: Event) => boolean,
  about: string,
  most = 10,
): Promise<void> => {
  const run = await context.submit(job);
  await context.until(run, fits, about);
  const began = performance.now();
  mustBe(run, "cancel() tells another ending", await run.cancel(), "cancelled");
  const seconds = (performance.now() - began) / 1000;
  mustHold(run, `cancel() took ${seconds.toFixed(1)} s, more than ${most}`, seconds <= most);
  await mustReject(run, () => run.result(), RunCancelledError);
  await mustEnd(context, run, "cancelled");
  mustBe(run, "a second cancel() tells another ending", await run.cancel(), "cancelled");
};

const ofType = (type: Event["type"]) => (event: Event) => event.type === type;
/** Ends at once, when it is asked to. */
const listening = 'steps(0, 1.0)\nasked.wait()\nresult("cancelled", step=1)';
const deaf = `
signal.signal(signal.SIGTERM, signal.SIG_IGN)
steps(0, 1.0)
time.sleep(600)`;

export const cancelChecks: readonly Check[] = [
  {
    name: "cancel before it is submitted",
    needs: [],
    run: async ({ runner }) => {
      const submit = () => runner.submit(jobOf("result()"), { signal: AbortSignal.abort() });
      await mustReject({ id: "(none)" }, submit, RunCancelledError);
    },
  },
  {
    name: "cancel while the environment is built",
    needs: ["environments"],
    wishes: { builds: true },
    run: (context) => cancelledAt(context, jobOf("result()"), ofType("env.progress"), "env.progress"),
  },
  {
    name: "cancel while it waits for a place",
    needs: ["queue"],
    wishes: { slots: 1 },
    run: async (context) => {
      const first = await context.submit(jobOf(listening));
      await context.until(first, ofType("step"), "a step");
      await cancelledAt(context, jobOf("result()"), ofType("run.queued"), "run.queued");
      mustBe(first, "the run before it was disturbed", await first.cancel(), "cancelled");
    },
  },
  {
    name: "cancel while it imports, when nobody listens yet",
    needs: [],
    run: (context) =>
      cancelledAt(context, workerOf("import time\ntime.sleep(600)"), ofType("run.started"), "run.started"),
  },
  {
    name: "cancel while it trains: a program that listens ends with what it has",
    needs: [],
    run: async (context) => {
      await cancelledAt(context, jobOf(listening), ofType("step"), "a step");
    },
  },
  {
    name: "cancel while it trains: a program that does not listen is ended by force",
    needs: [],
    run: (context) => cancelledAt(context, jobOf(deaf), ofType("step"), "a step"),
  },
  {
    name: "cancel by the signal that it was submitted with",
    needs: [],
    run: async (context) => {
      const abort = new AbortController();
      const run = await context.submit(jobOf(listening), { signal: abort.signal });
      await context.until(run, ofType("step"), "a step");
      abort.abort();
      await mustReject(run, () => run.result(), RunCancelledError);
      await mustEnd(context, run, "cancelled");
    },
  },
  {
    name: "cancel while it closes: one ending, and cancel() tells that one",
    needs: [],
    run: async (context) => {
      const python = `
folder = os.path.join(os.environ["FLAXEN_RUN"], "artifacts")
os.makedirs(folder, exist_ok=True)
open(os.path.join(folder, "a.bin"), "w").close()
open(os.path.join(folder, "b.bin"), "w").close()
os.truncate(os.path.join(folder, "b.bin"), 1 << 30)
result()`;
      const run = await context.submit(jobOf(python));
      await context.until(run, ofType("artifact"), "an artifact");
      const told = await run.cancel();
      mustBe(
        run,
        "cancel() tells another ending than the log",
        told,
        await mustEnd(context, run, "completed", "cancelled"),
      );
    },
  },
  {
    name: "cancel in a race with the end: the run keeps its own ending",
    needs: [],
    run: async (context) => {
      const run = await context.submit(jobOf("steps(0, 1.0)\nasked.wait()\nresult(step=1)"));
      await context.until(run, ofType("step"), "a step");
      mustBe(run, "cancel() tells another ending", await run.cancel(), "completed");
      mustBe(run, "its result tells another ending", (await run.result()).reason, "completed");
      await mustEnd(context, run, "completed");
    },
  },
  {
    name: "cancel after the end: that stays its ending",
    needs: [],
    run: async (context) => {
      const run = await context.submit(jobOf("result()"));
      await run.result();
      mustBe(run, "cancel() tells another ending", await run.cancel(), "completed");
      await mustEnd(context, run, "completed");
    },
  },
];
