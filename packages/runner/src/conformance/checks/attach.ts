import { RunNotFoundError } from "../../errors/attach-errors.ts";
import { RunAbandonedError } from "../../errors/ending-errors.ts";
import type { Cursor } from "../../log/cursor.ts";
import { type AnotherProcess, type Said, startElsewhere, type Task } from "../another-process.ts";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import { type CheckContext, verify } from "../context.ts";
import { countingRun, knownRun } from "../known.ts";
import { mustBe, mustEnd, mustReject } from "../must.ts";
import { jobOf } from "../programs.ts";
import { verifier } from "../verifier.ts";

const begin = ({ subject }: CheckContext, task: Task): AnotherProcess => startElsewhere(subject.elsewhere!, task);

/** All that the process says, once it has ended well and by itself. */
const finished = async (process: AnotherProcess, id: string): Promise<Said[]> => {
  const said: Said[] = [];
  for await (const each of process.said) said.push(each);
  const { code, signal, errors } = await process.ended;
  if (code === 0) return said;
  throw new ConformanceError({ run: id }, `the other process ended with ${signal ?? `exit code ${code}`}: ${errors}`);
};

/** The run's id and so many of its events; the process goes on. */
const firstOf = async (process: AnotherProcess, events: number): Promise<string> => {
  let id = "";
  let left = events;
  for await (const said of process.said) {
    id = said.id ?? id;
    if (said.event && --left <= 0) return id;
  }
  const { errors } = await process.ended;
  throw new ConformanceError({ run: id || "(none)" }, `the process that submitted it ended early: ${errors}`);
};

export const attachChecks: readonly Check[] = [
  {
    name: "attach by id and cursor goes on exactly; without a cursor it begins with the first event",
    needs: ["attach"],
    run: async ({ runner, random, read, submit, follow }) => {
      const known = knownRun(random.between(0, 2 ** 31), { pause: 0.01 });
      const run = await submit(known.job);
      const check = verifier(run, known);
      const stream = read(run);
      for (let left = random.between(1, 40); left > 0; left--) {
        const { value } = await stream.next();
        if (value) check.take(value, () => stream.cursor);
      }
      await stream.return();
      const attached = await runner.attach!(run.id, { from: stream.cursor });
      await verify(attached.events(), check);
      await follow(await runner.attach!(run.id), known);
      mustBe(run, "its result is another one when attached", (await attached.result()).steps, known.ended.step);
    },
  },
  {
    name: "attach to a run that is not there is a typed error",
    needs: ["attach"],
    run: async ({ runner }) => {
      await mustReject({ id: "no-such-run" }, () => runner.attach!("no-such-run"), RunNotFoundError);
    },
  },
  {
    name: "other processes go on by id and cursor, one after the other, and end by themselves",
    needs: ["attach", "elsewhere"],
    run: async (context) => {
      const known = knownRun(context.random.between(0, 2 ** 31), { pause: 0.05 });
      const run = await context.submit(known.job);
      const check = verifier(run, known);
      let from: Cursor | undefined;
      for (let ended = false; !ended; ) {
        const task = { id: run.id, from, count: context.random.between(20, 60) };
        for (const { event, cursor } of await finished(begin(context, task), run.id)) {
          if (!event || !cursor) continue;
          check.take(event, () => cursor);
          from = cursor;
          ended = event.type === "run.ended";
        }
      }
      check.end();
    },
  },
  {
    name: "another process can cancel",
    needs: ["attach", "elsewhere"],
    run: async (context) => {
      const run = await context.submit(jobOf('steps(0, 1.0)\nasked.wait()\nresult("cancelled", step=1)'));
      await context.until(run, ({ type }) => type === "step", "a step");
      const said = await finished(begin(context, { id: run.id, count: 1, cancel: true }), run.id);
      mustBe(run, "cancel() tells the other process another ending", said.at(-1)?.ending, "cancelled");
      await mustEnd(context, run, "cancelled");
    },
  },
  {
    name: "a detached run outlives the process that started it, killed in the midst of it",
    needs: ["attach", "elsewhere", "detach"],
    run: async (context) => {
      const known = countingRun({ steps: 60, rate: 20 });
      const process = begin(context, { job: known.job, options: { detach: true }, count: 1_000 });
      const id = await firstOf(process, context.random.between(4, 30));
      process.kill();
      await process.ended;
      const run = await context.runner.attach!(id);
      await context.follow(run, known);
    },
  },
  {
    name: "an attached run ends with the process that started it, and its log says so",
    needs: ["attach", "elsewhere", "abandon"],
    run: async (context) => {
      const known = countingRun({ steps: 10_000, rate: 100 });
      const process = begin(context, { job: known.job, options: {}, count: 20_000 });
      const id = await firstOf(process, 10);
      process.kill();
      await process.ended;
      const run = await context.runner.attach!(id);
      await mustReject(run, () => run.result(), RunAbandonedError);
      await mustEnd(context, run, "abandoned");
    },
  },
];
