import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { LogTruncatedError, MalformedEventError, type Run, StreamGapError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { beforeAll, expect } from "vitest";
import { collect, jobOf, plainRunner } from "../testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const endedRun = async (): Promise<{ run: Run; log: string; lines: readonly string[] }> => {
  const run = await plain.runner.submit(jobOf("for i in range(20):\n    steps(i, float(i))\nresult(step=20)"));
  await run.result();
  const log = join(run.folder, "attempt-1/events.jsonl");
  return { run, log, lines: (await readFile(log, "utf8")).split(/(?<=\n)/) };
};

/** What came before the error, and the error. */
const readFrom = async (id: string, from?: string) => {
  const run = await plain.runner.attach(id, { from });
  const seqs: number[] = [];
  try {
    for await (const event of run) seqs.push(event.seq);
    return { seqs, error: undefined };
  } catch (error) {
    return { seqs, error };
  }
};

fault(18, "file")("a line that is missing is a gap with its place; what came before is delivered", async () => {
  const { run, log, lines } = await endedRun();
  await writeFile(log, lines.toSpliced(7, 1).join(""));
  const { seqs, error } = await readFrom(run.id);
  expect(seqs).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const offset = Buffer.byteLength(lines.slice(0, 7).join(""));
  expect(StreamGapError.isInstance(error) && error).toMatchObject({ code: "stream-gap" });
  expect((error as Error).message).toContain(String(offset));
});

fault(18, "file")("lines that are doubled or swapped are gaps too", async () => {
  for (const harm of [
    (lines: readonly string[]) => lines.toSpliced(7, 0, lines[7]!),
    (lines: readonly string[]) => lines.toSpliced(7, 2, lines[8]!, lines[7]!),
  ]) {
    const { run, log, lines } = await endedRun();
    await writeFile(log, harm(lines).join(""));
    const { error } = await readFrom(run.id);
    expect(StreamGapError.isInstance(error)).toBe(true);
  }
});

fault(18, "file")("a line that is no event any more is told with its place", async () => {
  const { run, log, lines } = await endedRun();
  await writeFile(log, lines.with(7, `${lines[7]!.slice(0, 40)}}\n`).join(""));
  const { seqs, error } = await readFrom(run.id);
  expect(seqs).toHaveLength(7);
  expect(MalformedEventError.isInstance(error) && error.message).toContain(
    String(Buffer.byteLength(lines.slice(0, 7).join(""))),
  );
});

fault(18, "file")("a log that is shorter than the cursor is an error, not a rewind", async () => {
  const { run, log, lines } = await endedRun();
  const stream = run.events();
  for await (const event of stream) if (event.seq === 10) break;
  await truncate(log, Buffer.byteLength(lines.slice(0, 5).join("")));
  const { seqs, error } = await readFrom(run.id, stream.cursor);
  expect(seqs).toEqual([]);
  expect(LogTruncatedError.isInstance(error)).toBe(true);
});

fault(18, "file")("a log that is cut while it is read ends the stream with that error", async () => {
  const run = await plain.runner.submit(
    jobOf("for i in range(20):\n    steps(i, 1.0)\nasked.wait()\nresult('cancelled')"),
  );
  const stream = run.events();
  for await (const event of stream) {
    if (event.type !== "step" || event.step !== 19) continue;
    await truncate(join(run.folder, "attempt-1/events.jsonl"), 100);
    const rest = await stream.next().catch((error: unknown) => error);
    expect(LogTruncatedError.isInstance(rest)).toBe(true);
    break;
  }
  await writeFile(
    join(run.folder, "control/c_cancel.json"),
    JSON.stringify({ id: "c", verb: "cancel", arguments: {} }),
  );
});

fault(18, "file")("a torn last line is no damage: it is waited for", async () => {
  const { run, log, lines } = await endedRun();
  const whole = lines.join("");
  await writeFile(log, whole.slice(0, -20));
  const reading = plain.runner.attach(run.id).then(collect);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await appendFile(log, whole.slice(-20));
  expect((await reading).at(-1)).toMatchObject({ type: "run.ended", reason: "completed" });
});
