import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Event } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { beforeAll, expect } from "vitest";
import { collect, jobOf, plainRunner } from "../testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const logsOf = (events: readonly Event[]) => events.flatMap((event) => (event.type === "log" ? [event] : []));
const lossesOf = (events: readonly Event[]) =>
  events.flatMap((event) => (event.type === "step" ? [event.metrics.loss] : []));
const count = (length: number) => Array.from({ length }, (_, i) => i);

fault(29, "file")("a flood of prints drops lines, counts them and harms no metric", async () => {
  const python = `
for i in range(20000):
    print("line", i)
    if i % 1000 == 0:
        steps(i // 1000, float(i // 1000))
sys.stdout.write("a\\rb\\rc\\n" + "x" * 1_000_000 + "\\n")
sys.stdout.flush()
os.write(1, b"\\xff\\xfe broken\\n")
result(step=20)`;
  const run = await plain.runner.submit(jobOf(python));
  const events = await collect(run);
  const logs = logsOf(events);
  expect(lossesOf(events)).toEqual(count(20));
  const told = logs.filter(({ text }) => !text.includes("lines were left out"));
  const dropped = logs.reduce((sum, log) => sum + log.dropped, 0);
  // 20,000 lines, three that a carriage return or line feed ended, 25 of the cut long one, a broken one.
  expect(told.length + dropped).toBe(20_000 + 3 + 25 + 1);
  expect(told.length).toBeLessThan(2_000);
  expect(await readFile(join(run.folder, "attempt-1/stdout.log"), "latin1")).toContain("line 19999\n");
});

fault(29, "file")("a bar of 1,000 updates a second hides no line beside it and warns of nothing", async () => {
  const python = `
for i in range(2000):
    sys.stderr.write(f"\\r\\x1b[32m{i} of 2000\\x1b[0m")
    sys.stderr.flush()
    if i % 100 == 0:
        steps(i // 100, float(i // 100))
        print("beside", i // 100, flush=True)
    time.sleep(0.001)
sys.stderr.write("\\nWARNING: done\\n")
sys.stderr.flush()
result(step=20)`;
  const events = await collect(await plain.runner.submit(jobOf(python)));
  const logs = logsOf(events);
  expect(lossesOf(events)).toEqual(count(20));
  const beside = logs.filter(({ text }) => text.startsWith("beside"));
  expect(beside.map(({ text }) => text)).toEqual(count(20).map((i) => `beside ${i}`));
  const bar = logs.filter(({ text }) => text.endsWith("of 2000"));
  expect(bar.length).toBeLessThan(20);
  expect(bar.at(-1)).toMatchObject({ text: "1999 of 2000", level: "info", stream: "stderr" });
  expect(logs.at(-1)).toMatchObject({ text: "WARNING: done", level: "warning" });
  const dropped = logs.filter(({ stream }) => stream === "stderr").reduce((sum, log) => sum + log.dropped, 0);
  expect(bar.length + dropped).toBe(2000);
});

fault(29, "file")(
  "lines of ten megabytes, bytes that are no text, NUL, what looks like an event: metrics stay exact",
  async () => {
    const python = `
rows = [b"x" * 10_000_000 + b"\\n", bytes(range(256)) * 400, b"\\0" * 1000 + b"\\n", b"\\x1b[2J\\x1b[1;1H", b"\\r" * 5000,
        b'{"type":"_result","reason":"stopped"}\\n', b'{"v":1,"run":"x","att":1,"seq":0}\\n', b"no end of line"]
for i in range(40):
    data = rows[i % len(rows)]
    while data:
        data = data[os.write(1 + i % 2, data):]
    steps(i, i + 0.1)
result(step=40)`;
    const run = await plain.runner.submit(jobOf(python));
    const events = await collect(run);
    expect(lossesOf(events)).toEqual(count(40).map((i) => i + 0.1));
    expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "completed", step: 40 });
    const log = await readFile(join(run.folder, "attempt-1/events.jsonl"));
    expect(log.includes(0)).toBe(false);
    expect((await stat(join(run.folder, "attempt-1/events.jsonl"))).size).toBeLessThan(20_000_000);
    for (const { text } of logsOf(events)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3 * 40 * 1024);
  },
);
