import type { FlaxenError } from "@flaxen/errors";
import type { Ending } from "../../ending.ts";
import {
  DeviceMismatchError,
  DiskFullError,
  EnvironmentError,
  OutOfMemoryError,
  RunTimedOutError,
} from "../../errors/ending-errors.ts";
import { DataError, NonFiniteLossError, RunFailedError } from "../../errors/failure-errors.ts";
import { RunLostError } from "../../errors/run-lost-error.ts";
import type { Job } from "../../job.ts";
import type { SubmitOptions } from "../../runner.ts";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import type { CheckContext } from "../context.ts";
import { mustBe, mustEnd, mustHold, mustReject } from "../must.ts";
import { jobOf } from "../programs.ts";

interface ErrorClass {
  readonly code: string;
  readonly prototype: FlaxenError;
  isInstance(value: unknown): boolean;
}

const endsWith = async (
  context: CheckContext,
  job: Job,
  { reason, error, says, options }: { reason: Ending; error: ErrorClass; says: RegExp; options?: SubmitOptions },
): Promise<void> => {
  const run = await context.submit(job, options);
  const thrown = await mustReject(run, () => run.result(), error);
  mustHold(run, `its error does not say ${says}: ${thrown.message}`, says.test(thrown.message));
  await mustEnd(context, run, reason);
};

const failure = (code: string, type: string, message: string, more = "{}") =>
  `emit("_failure", failure={"code": "${code}", "type": "${type}", "message": "${message}", "traceback": "Traceback", "frames": [], "data": {}} | ${more})
sys.exit(1)`;

type Case = readonly [about: string, python: string, reason: Ending, error: ErrorClass, says: RegExp];
const cases: readonly Case[] = [
  ["a failure of the program", failure("exception", "ValueError", "no"), "failed", RunFailedError, /ValueError: no/],
  [
    "a loss that is not finite",
    failure("non-finite-loss", "FloatingPointError", "NaN."),
    "failed",
    NonFiniteLossError,
    /NaN/,
  ],
  ["data that does not fit", failure("unknown-column", "DataError", "no column"), "failed", DataError, /no column/],
  ["no memory", failure("oom", "MemoryError", "cannot allocate"), "oom", OutOfMemoryError, /cannot allocate/],
  ["no space", failure("disk-full", "OSError", "no space"), "disk-full", DiskFullError, /No space is left/],
  ["a segmentation fault", "import ctypes; ctypes.string_at(0)", "failed", RunFailedError, /SIGSEGV/],
  [
    "a kill",
    'print("last words", file=sys.stderr, flush=True)\nos.kill(os.getpid(), 9)',
    "failed",
    RunFailedError,
    /SIGKILL[\s\S]*last words/,
  ],
  ["an exit code", 'print("why", file=sys.stderr)\nsys.exit(3)', "failed", RunFailedError, /exit code 3[\s\S]*why/],
  ["an exception of the worker itself", 'raise RuntimeError("boom")', "failed", RunFailedError, /RuntimeError: boom/],
  ["an end without a result", "pass", "failed", RunFailedError, /exit code 0/],
];

const site = { file: "/home/ada/net.ts", line: 7, column: 3 };
const range = { file: "model.py", line: 9, column: 8, endLine: 9, endColumn: 30, node: "dense1" };
const frame = '{"file": "model.py", "line": 9, "column": 12, "endLine": 9, "endColumn": 20, "function": "f"}';

export const endingChecks: readonly Check[] = [
  ...cases.map(
    ([about, python, reason, error, says]): Check => ({
      name: `ending: ${about}`,
      needs: [],
      run: (context) => endsWith(context, jobOf(python), { reason, error, says }),
    }),
  ),
  {
    name: "ending: stopped early, which is a good one",
    needs: [],
    run: async (context) => {
      const run = await context.submit(jobOf('steps(0, 1.0)\nresult("stopped", step=1)'));
      mustBe(run, "its result has another reason", (await run.result()).reason, "stopped");
      await mustEnd(context, run, "stopped");
    },
  },
  {
    name: "ending: a failure leads back to the user's line",
    needs: [],
    run: async (context) => {
      const job = jobOf(failure("exception", "ValueError", "no", `{"frames": [${frame}]}`), {
        sites: { dense1: site },
      });
      const run = await context.submit({ ...job, program: { ...job.program, sourceMap: [range] } });
      const error = await mustReject(run, () => run.result(), RunFailedError);
      mustBe(run, "its error names another node", error.node, "dense1");
      mustBe(run, "its error names another line", error.site?.line, site.line);
    },
  },
  {
    name: "ending: the device is another one than was asked for",
    needs: [],
    run: (context) => {
      const facts = '{"data": {"asked": "gpu", "found": "cpu"}}';
      const python = failure("device-mismatch", "DeviceMismatch", "asked for a gpu, found a cpu", facts);
      return endsWith(context, jobOf(python), {
        reason: "device-mismatch",
        error: DeviceMismatchError,
        says: /gpu[\s\S]*cpu/,
      });
    },
  },
  {
    name: "ending: the time limit",
    needs: ["time-limit"],
    run: (context) =>
      endsWith(context, jobOf("steps(0, 1.0)\ntime.sleep(600)"), {
        reason: "timed-out",
        error: RunTimedOutError,
        says: /after \d+ s/,
        options: { maxSeconds: 1 },
      }),
  },
  {
    name: "ending: an environment that cannot be built",
    needs: ["environments"],
    wishes: { builds: true },
    run: (context) => {
      const job = jobOf("result()");
      return endsWith(
        context,
        { ...job, program: { ...job.program, environment: "no-such-environment" } },
        { reason: "env-failed", error: EnvironmentError, says: /no-such-environment/ },
      );
    },
  },
  {
    name: "ending: lost, on proof that the supervisor is dead, with every line that was written",
    needs: ["kill"],
    run: async ({ read, subject, submit }) => {
      const run = await submit(jobOf("steps(0, 1.0, 2.0)\ntime.sleep(600)"));
      const seen: string[] = [];
      const reading = async () => {
        for await (const event of read(run)) {
          seen.push(event.type);
          if (event.type !== "step" || event.step !== 1) continue;
          const first = (await run.events().next()).value;
          await subject.kill!(first?.type === "attempt.started" ? first.pid : 0);
        }
      };
      const error = await mustReject(run, reading, RunLostError);
      mustBe(run, "its error names another run", error.run, run.id);
      mustBe(run, "events are missing before its loss", seen.join(), "attempt.started,env.ready,run.started,step,step");
      mustBe(run, "it is not known as lost", run.connection, "lost");
      mustBe(run, "cancel() tells another ending", await run.cancel(), "lost");
    },
  },
  {
    name: "a worker that a signal ended is started again, as often as was allowed",
    needs: ["retries"],
    run: async ({ readAll, submit }) => {
      const python = `
tries = os.path.join(os.environ["FLAXEN_RUN"], "tries")
with open(tries, "a") as file:
    file.write("x")
count = os.path.getsize(tries)
steps(0, float(count))
if count < 3:
    os.kill(os.getpid(), 9)
result(step=1)`;
      const run = await submit(jobOf(python), { retries: 2 });
      const events = await readAll(run);
      const losses = events.flatMap((event) =>
        event.type === "step" ? [`${event.attempt}:${event.metrics.loss}`] : [],
      );
      mustBe(run, "its attempts told something else", losses.join(" "), "1:1 2:2 3:3");
      const ends = events.flatMap((event) =>
        event.type === "attempt.ended" ? [`${event.signal} ${event.retry}`] : [],
      );
      mustBe(run, "its attempts ended in another way", ends.join(), "SIGKILL true,SIGKILL true,null false");
      mustBe(run, "its result has another reason", (await run.result()).reason, "completed");
      const limited = await submit(jobOf("os.kill(os.getpid(), 9)"), { retries: 1 });
      const attempts = (await readAll(limited)).filter(({ type }) => type === "attempt.started");
      if (attempts.length !== 2) {
        throw new ConformanceError({ run: limited.id }, "it was tried otherwise than allowed", {
          expected: 2,
          found: attempts.length,
        });
      }
      await mustReject(limited, () => limited.result(), RunFailedError);
    },
  },
];
