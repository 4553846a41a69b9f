import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Event, LogTruncatedError, type Run, StreamGapError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect, onTestFinished, vi } from "vitest";
import { collect, jobOf, until } from "../testing/programs.ts";
import { open, type StreamSubject, streamSubject } from "../testing/subjects.ts";

const subject = async (interval?: number): Promise<StreamSubject> => {
  const made = await streamSubject({}, interval);
  onTestFinished(() => made.dispose());
  return made;
};

const training = (steps: number, pause: number) => `
for i in range(${steps}):
    steps(i, float(i))
    time.sleep(${pause})
result(step=${steps})`;

const exact = (events: readonly Event[], steps: number) => {
  expect(events.flatMap((event) => (event.type === "step" ? [event.metrics.loss] : []))).toEqual(
    Array.from({ length: steps }, (_, i) => i),
  );
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
  expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "completed", step: steps });
};

/** Reads to the end; `marks` says when each event came. */
const timed = async (run: Run) => {
  const events: Event[] = [];
  const marks: number[] = [];
  for await (const event of run) {
    events.push(event);
    marks.push(performance.now());
  }
  return { events, marks };
};

const firstAfter = (marks: readonly number[], time: number): number => marks.find((mark) => mark > time) ?? Infinity;

fault(6, "stream")(
  "connections that are reset again and again: each event once, the next one in less than two seconds",
  async () => {
    const { runner, proxy } = await subject();
    const run = await runner.submit(jobOf(training(400, 0.01)));
    const reading = timed(run);
    const resets: number[] = [];
    for (let reset = 0; reset < 6; reset++) {
      await sleep(400);
      proxy.reset();
      resets.push(performance.now());
    }
    const { events, marks } = await reading;
    exact(events, 400);
    for (const time of resets) expect(firstAfter(marks, time) - time).toBeLessThan(2_000);
    expect(proxy.accepted).toBeGreaterThan(6);
  },
);

fault(7, "stream")(
  "a network that falls silent is noticed within three intervals, and then it is as after a reset",
  async () => {
    const interval = 300;
    const { runner, proxy } = await subject(interval);
    const run = await runner.submit(jobOf(training(600, 0.01)));
    const reading = timed(run);
    await sleep(500);
    proxy.freeze();
    const frozen = performance.now();
    await vi.waitFor(() => expect(run.connection).toBe("unreachable"), { timeout: 5_000, interval: 5 });
    expect(performance.now() - frozen).toBeLessThan(3 * interval + 500);
    proxy.thaw();
    const thawed = performance.now();
    const { events, marks } = await reading;
    exact(events, 600);
    expect(firstAfter(marks, thawed) - thawed).toBeLessThan(2_000);
  },
);

fault(8, "stream")(
  "a long outage: unreachable meanwhile, the run unaffected, the backlog whole afterwards",
  async () => {
    const { runner, proxy } = await subject(200);
    const run = await runner.submit(jobOf(training(20_000, 0.00001)));
    const reading = collect(run);
    await until(run, ({ type }) => type === "step");
    await proxy.outage();
    await vi.waitFor(() => expect(run.connection).toBe("unreachable"), { timeout: 5_000 });
    await sleep(6_000);
    expect(run.connection).toBe("unreachable");
    await proxy.restore();
    exact(await reading, 20_000);
    expect(run.connection).not.toBe("unreachable");
    expect((await run.result()).steps).toBe(20_000);
  },
);

fault(1, "stream")("a killed worker: what it had told is whole, with its signal", async () => {
  const { runner } = await subject();
  const run = await runner.submit(jobOf("for i in range(100):\n    steps(i, float(i))\nos.kill(os.getpid(), 9)"));
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "step")).toHaveLength(100);
  expect(events.at(-2)).toMatchObject({ type: "attempt.ended", signal: "SIGKILL" });
  expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "failed", step: 100 });
});

fault(2, "stream")("an exception arrives with the end of stderr", async () => {
  const { runner } = await subject();
  const run = await runner.submit(jobOf("raise RuntimeError('boom')"));
  await expect(run.result()).rejects.toMatchObject({ code: "run-failed", message: expect.stringContaining("boom") });
});

fault(5, "stream")("a client that is gone: another one continues exactly behind its cursor", async () => {
  const { runner, elsewhere } = await subject();
  const run = await runner.submit(jobOf(training(200, 0.01)));
  const stream = run.events();
  const before: Event[] = [];
  for await (const event of stream) {
    before.push(event);
    if (event.type === "step" && event.step === 50) break;
  }
  runner.connection.close();
  const other = (await open(elsewhere!.argument as Parameters<typeof open>[0])) as StreamSubject["runner"];
  onTestFinished(() => other.connection.close());
  const after = await collect(await other.attach(run.id, { from: stream.cursor }));
  exact([...before, ...after], 200);
});

fault(24, "stream")("in a race with the end, the run keeps its own ending, whoever asks", async () => {
  const { runner, proxy } = await subject();
  const run = await runner.submit(jobOf("steps(0, 1.0)\nasked.wait()\nresult(step=1)"));
  await until(run, ({ type }) => type === "step");
  const asking = [run.cancel(), run.cancel()];
  proxy.reset();
  expect(await Promise.all(asking)).toEqual(["completed", "completed"]);
  expect((await collect(run)).filter(({ type }) => type === "run.ended")).toHaveLength(1);
});

fault(18, "stream")("a hole in the log, and a log that became shorter, are errors here too", async () => {
  const { runner } = await subject();
  const run = await runner.submit(jobOf(training(20, 0)));
  await run.result();
  const log = join(run.folder, "attempt-1/events.jsonl");
  const lines = (await readFile(log, "utf8")).split(/(?<=\n)/);
  const stream = run.events();
  for await (const event of stream) if (event.seq === 10) break;

  await writeFile(log, lines.toSpliced(7, 1).join(""));
  await expect(runner.attach(run.id).then(collect)).rejects.toSatisfy((error) => StreamGapError.isInstance(error));
  await truncate(log, Buffer.byteLength(lines.slice(0, 5).join("")));
  const later = await runner.attach(run.id, { from: stream.cursor });
  await expect(collect(later)).rejects.toSatisfy((error) => LogTruncatedError.isInstance(error));
});
