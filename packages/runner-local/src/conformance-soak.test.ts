import { join } from "node:path";
import type { Event } from "@flaxen/runner";
import { countedLoss, jobOf } from "@flaxen/runner/conformance";
import { expect, test } from "vitest";
import { plainRunner } from "./testing/programs.ts";
import { type SeenEvent, seenEvent } from "./testing/soak/seen-event.ts";
import { soak } from "./testing/soak/soak.ts";
import { judge, noFaults } from "./testing/soak/verdict.ts";

test("runs lose nothing while six faults are inflicted on them", async ({ skip }) => {
  skip(process.platform !== "linux", "only Linux tells which processes are left");
  const { kills, runs, events, inflicted, verdicts, orphans, troubles } = await soak({ kills: 6, seed: 3 });
  expect({ verdicts, orphans, troubles }).toEqual({
    verdicts: { file: noFaults(), stream: noFaults() },
    orphans: [],
    troubles: [],
  });
  expect(kills).toBe(6);
  expect(Object.values(inflicted).reduce((sum, count) => sum + count)).toBe(6);
  expect(runs).toBeGreaterThanOrEqual(3);
  expect(events).toBeGreaterThan(runs * 120);
});

test("a soak sees an event that is missing, given twice or changed, another program and another ending", async () => {
  const { folder, runner } = await plainRunner({ warm: false });
  const program = (reason: string) => `steps(0, ${countedLoss(0)}, ${countedLoss(1)})\nresult("${reason}", step=2)`;
  const runOf = async (reason: string) => {
    const run = await runner.submit(jobOf(program(reason)));
    const seen: SeenEvent[] = [];
    const stream = run.events();
    for await (const event of stream) seen.push(seenEvent(event as Event, stream.cursor));
    return { id: run.id, seen, folder: join(folder, "runs", run.id) };
  };
  const { id, seen, folder: lies } = await runOf("completed");
  const verdictOf = (events: readonly SeenEvent[], steps = 2) => {
    const voyage = { id, carrier: "file", seen: events, failures: [], killClient: () => false } as const;
    return judge({ ...voyage, ended: Promise.resolve() }, lies, steps, true);
  };
  expect(await verdictOf(seen)).toEqual(noFaults());
  expect(await verdictOf(seen.toSpliced(3, 1))).toEqual({ ...noFaults(), gaps: 1 });
  expect(await verdictOf(seen.toSpliced(3, 0, seen[2]!))).toEqual({ ...noFaults(), duplicates: 1 });
  expect(await verdictOf(seen.with(3, { ...seen[3]!, digest: "other" }))).toEqual({ ...noFaults(), changed: 1 });
  expect(await verdictOf(seen, 3)).toEqual({ ...noFaults(), changed: 1 });

  const stopped = await runOf("stopped");
  const voyage = { id: stopped.id, carrier: "file", seen: stopped.seen, failures: ["it fell"] } as const;
  const other = { ...voyage, killClient: () => false, ended: Promise.resolve() };
  expect(await judge(other, stopped.folder, 2, true)).toEqual({ ...noFaults(), wrongEndings: 1, failures: 1 });
});
