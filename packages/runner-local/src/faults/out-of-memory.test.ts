import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OutOfMemoryError, RunFailedError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect } from "vitest";
import { allGone, collect, jobOf, plainRunner, until } from "../testing/programs.ts";
import { projectJob } from "./project-job.ts";

fault(3, "file")("a program at its limit of memory ends as oom, not started again, with what it says", async () => {
  const { runner } = await plainRunner();
  const train = `
import resource

def main(config):
    resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
    held = bytearray(1 << 30)

main({})
`;
  const run = await runner.submit(projectJob({ "train.py": train }), { retries: 2 });
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "attempt.started")).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({
    type: "run.ended",
    reason: "oom",
    failure: { code: "oom", type: "MemoryError" },
  });
  await expect(run.result()).rejects.toSatisfy((error) => OutOfMemoryError.isInstance(error));
});

/** A cgroup with so much memory and no swap; undefined where this process may make none. */
const smallGroup = (bytes: number): string | undefined => {
  for (const [root, limit] of [
    ["/sys/fs/cgroup/memory", "memory.limit_in_bytes"],
    ["/sys/fs/cgroup", "memory.max"],
  ] as const) {
    const folder = join(root, `flaxen-test-${process.pid}`);
    try {
      mkdirSync(folder);
      if (!existsSync(join(folder, limit))) throw new Error("memory is not counted here");
      writeFileSync(join(folder, limit), String(bytes));
      return folder;
    } catch {
      if (existsSync(folder)) rmdirSync(folder);
    }
  }
  return undefined;
};

fault(3, "file")("a program that the kernel kills for memory ends as oom, not started again", async (test) => {
  const group = smallGroup(96 * 1024 * 1024);
  test.skip(group === undefined, "this process may make no memory cgroup");
  const { runner } = await plainRunner();
  const started = await until(await runner.submit(jobOf("result()")), ({ type }) => type === "attempt.started");
  const supervisor = started.type === "attempt.started" ? started.pid : 0;
  test.onTestFinished(async () => {
    process.kill(supervisor, "SIGKILL");
    await allGone([supervisor], 2_000);
    rmdirSync(group!);
  });
  // As in a container: the supervisor and its workers share the memory.
  writeFileSync(join(group!, "cgroup.procs"), String(supervisor));
  const run = await runner.submit(
    jobOf("steps(0, 1.0)\nheld = []\nwhile True:\n    held.append(os.urandom(1 << 20))"),
    {
      retries: 2,
    },
  );
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "attempt.started")).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "oom", step: 1 });
  await expect(run.result()).rejects.toSatisfy((error) => OutOfMemoryError.isInstance(error));
});

fault(3, "file")("a kill that was not the kernel's is no oom", async () => {
  const { runner } = await plainRunner();
  const run = await runner.submit(jobOf("os.kill(os.getpid(), 9)"));
  await expect(run.result()).rejects.toSatisfy((error) => RunFailedError.isInstance(error));
});
