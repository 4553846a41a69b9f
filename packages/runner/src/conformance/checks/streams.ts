import { isDeepStrictEqual } from "node:util";
import { InvalidCursorError, LogTruncatedError } from "../../errors/log-errors.ts";
import type { Event } from "../../events.ts";
import { type Cursor, fromCursor, toCursor } from "../../log/cursor.ts";
import type { Run } from "../../runner.ts";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import { knownRun } from "../known.ts";
import { mustHold, mustReject } from "../must.ts";
import { verifier } from "../verifier.ts";

const seedOf = (random: () => number): number => Math.floor(random() * 2 ** 31);

const mustBeSame = (run: Run, one: readonly Event[], other: readonly Event[]) => {
  const at = one.findIndex((event, index) => !isDeepStrictEqual(event, other[index]));
  if (at === -1 && one.length === other.length) return;
  throw new ConformanceError({ run: run.id }, `two subscribers differ in event ${at === -1 ? one.length : at}`, {
    expected: one[at],
    found: other[at],
  });
};

export const streamChecks: readonly Check[] = [
  {
    name: "every event arrives whole, once and in order",
    needs: [],
    run: async ({ follow, random, submit }) => {
      const known = knownRun(seedOf(random), { pause: 0.01 });
      const run = await submit(known.job);
      await follow(run, known);
      mustHold(run, "it is known as lost, and ended well", run.connection !== "lost");
    },
  },
  {
    name: "a subscriber that comes late gets everything, during the run and after it",
    needs: [],
    run: async ({ follow, random, submit, until }) => {
      const known = knownRun(seedOf(random), { pause: 0.02 });
      const run = await submit(known.job);
      await until(run, (event) => event.type === "step" && event.step >= 10, "its tenth step");
      const during = await follow(run, known);
      await run.result();
      mustBeSame(run, during, await follow(run, known));
    },
  },
  {
    name: "two subscribers get everything, and one that leaves disturbs nobody",
    needs: [],
    run: async ({ follow, random, submit, until }) => {
      const known = knownRun(seedOf(random), { pause: 0.01 });
      const run = await submit(known.job);
      const leaving = until(run, ({ type }) => type === "step", "a step");
      const [one, other] = await Promise.all([follow(run, known), follow(run, known), leaving]);
      mustBeSame(run, one, other);
    },
  },
  {
    name: "a stream that was left goes on from its cursor, which is text",
    needs: [],
    run: async ({ random, read, submit, compareWithLog }) => {
      const known = knownRun(seedOf(random), { pause: 0.005 });
      const run = await submit(known.job);
      const check = verifier(run, known);
      const events: Event[] = [];
      for (let from: Cursor | undefined; events.at(-1)?.type !== "run.ended"; ) {
        const stream = read(run, from);
        for (let left = random.between(0, 9); left > 0 && events.at(-1)?.type !== "run.ended"; left--) {
          const { done, value } = await stream.next();
          if (done) throw new ConformanceError({ run: run.id, cursor: stream.cursor }, "a stream ended too early");
          check.take(value, () => stream.cursor);
          events.push(value);
        }
        from = JSON.parse(JSON.stringify(stream.cursor)) as Cursor;
        await stream.return();
      }
      check.end();
      await compareWithLog(run, events);
    },
  },
  {
    name: "a cursor that is none, or lies behind the log's end, is an error and no rewind",
    needs: [],
    run: async ({ random, read, submit }) => {
      const run = await submit(knownRun(seedOf(random)).job);
      await run.result();
      let end: Cursor | undefined;
      const stream = read(run);
      for await (const _ of stream) end = stream.cursor;
      await mustReject(run, async () => run.events({ from: "nonsense" }).next(), InvalidCursorError);
      const { attempt, offset, seq, delivered } = fromCursor(end!);
      const beyond = toCursor({ attempt, offset: offset + 1, seq: seq + 1, delivered });
      await mustReject(run, async () => read(run, beyond).next(), LogTruncatedError);
    },
  },
];
