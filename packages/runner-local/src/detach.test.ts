import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { node } from "./testing/node.ts";
import { collect, plainRunner, until } from "./testing/programs.ts";

type Seen = readonly [attempt: number, seq: number, type: string];

let plain: Awaited<ReturnType<typeof plainRunner>>;
let place: readonly [root: string, home: string];
beforeAll(async () => {
  vi.stubEnv("FLAXEN_SUPERVISOR_IDLE", "2");
  plain = await plainRunner();
  place = [join(plain.folder, "runs"), plain.home];
  return () => vi.unstubAllEnvs();
});

/** Columnar lines of three steps each: a cursor may lie inside one. */
const training = `
for i in range(0, 300, 3):
    steps(i, 1.0, 2.0, 3.0)
    time.sleep(0.02)
result(step=300)`;

test("a detached run outlives its process, and another one goes on with it exactly behind a cursor", async () => {
  const killed = await node("submit.ts", ...place, training, '{"detach":true}', "40");
  expect(killed.code).toBe(null);
  const first = JSON.parse(killed.stdout) as { id: string; cursor: string; events: Seen[] };

  const [listing] = await plain.runner.runs();
  expect(listing).toMatchObject({ id: first.id, state: "running", detached: true, attempt: 1 });

  const other = await node("attach.ts", place[0], first.id, first.cursor);
  const second = JSON.parse(other.stdout) as { events: Seen[]; reason: string };
  expect(second.reason).toBe("completed");

  const whole = await collect(await plain.runner.attach(first.id));
  const all = whole.map(({ attempt, seq, type }): Seen => [attempt, seq, type]);
  expect([...first.events, ...second.events]).toEqual(all);
  expect(whole.flatMap((event) => (event.type === "step" ? [event.step] : []))).toEqual(
    Array.from({ length: 300 }, (_, step) => step),
  );
});

test("a script that only starts a detached run ends at once; the run is cancelled from anywhere", async () => {
  const waiting = "steps(0, 1.0)\nasked.wait()\nresult('cancelled', step=7)";
  const { code, stdout, stderr } = await node("submit.ts", ...place, waiting, '{"detach":true}');
  expect([code, stderr]).toEqual([0, ""]);
  const run = await plain.runner.attach((JSON.parse(stdout) as { id: string }).id);
  await until(run, ({ type }) => type === "step");
  expect(await run.cancel()).toBe("cancelled");
  expect((await collect(run)).at(-1)).toMatchObject({ reason: "cancelled", step: 7 });
});

test("a script that only starts an attached run stays until that has ended", async () => {
  const { code, stdout, stderr } = await node("submit.ts", ...place, "time.sleep(2)\nsteps(0, 1.0)\nresult(step=1)");
  expect([code, stderr]).toEqual([0, ""]);
  const { id } = JSON.parse(stdout) as { id: string };
  expect((await plain.runner.runs()).find((listing) => listing.id === id)).toMatchObject({
    state: "ended",
    reason: "completed",
    detached: false,
  });
});

test("a script that only starts an attached run ends when its supervisor does", async () => {
  const ended = node("submit.ts", ...place, "steps(0, 1.0)\ntime.sleep(60)", '{"id":"orphaned"}');
  const found = async () => plain.runner.attach("orphaned").catch(() => undefined);
  await expect.poll(found, { timeout: 20_000 }).toBeDefined();
  const run = (await found())!;
  const started = await until(run, ({ type }) => type === "attempt.started");
  await until(run, ({ type }) => type === "step");
  process.kill(started.type === "attempt.started" ? started.pid : 0, "SIGKILL");
  const killed = performance.now();
  expect((await ended).code).toBe(0);
  expect(performance.now() - killed).toBeLessThan(3_000);
  await expect(run.result()).rejects.toMatchObject({ code: "run-lost" });
});
