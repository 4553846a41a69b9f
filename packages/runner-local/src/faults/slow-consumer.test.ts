import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect, onTestFinished } from "vitest";
import { jobOf } from "../testing/programs.ts";
import { localSubject, streamSubject } from "../testing/subjects.ts";

/** A million events, each on a line of its own, as quickly as Python can. */
const million = jobOf(`
fd = int(os.environ["FLAXEN_EVENTS_FD"])
for first in range(0, 1_000_000, 1000):
    data = b"".join(b'{"type":"steps","first":%d,"count":1,"metrics":{"loss":[%d]}}\\n' % (i, i) for i in range(first, first + 1000))
    while data:
        data = data[os.write(fd, data):]
result(step=1_000_000)`);

interface Seen {
  readonly steps: number;
  readonly wrong: number;
  readonly last: string;
  readonly megabytes: number;
}

/** Reads the run in a process of its own, slowly. `meanwhile` begins once that has attached. */
const readSlowly = async (run: Run, subject: unknown, meanwhile?: () => Promise<void>): Promise<Seen> => {
  const script = join(import.meta.dirname, "sleepy.ts");
  const child = spawn(process.execPath, ["--conditions=@flaxen/source", script, JSON.stringify(subject), run.id], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  const closed = once(child, "close");
  await once(child.stdout, "data");
  await meanwhile?.();
  await closed;
  return JSON.parse(text.replace("attached\n", "")) as Seen;
};

const expectAll = (seen: Seen) => {
  expect(seen).toMatchObject({ steps: 1_000_000, wrong: 0, last: "run.ended" });
  expect(seen.megabytes).toBeLessThan(150);
};

fault(28, "file")("a consumer that sleeps over a million events gets each of them, in less than 150 MB", async () => {
  const { runner, elsewhere, dispose } = await localSubject({});
  onTestFinished(dispose);
  const run = await runner.submit(million);
  expectAll(await readSlowly(run, elsewhere!.argument));
});

fault(28, "stream")("a consumer that sleeps over a million events gets each of them, in less than 150 MB", async () => {
  const { runner, elsewhere, dispose } = await streamSubject({}, 5_000);
  onTestFinished(dispose);
  const run = await runner.submit(million);
  expectAll(await readSlowly(run, elsewhere!.argument));
});

fault(8, "stream")("a million events that wait behind an outage come whole, in less than 150 MB", async () => {
  const { runner, elsewhere, dispose, proxy } = await streamSubject({}, 500);
  onTestFinished(dispose);
  const run = await runner.submit(million);
  const outage = async () => {
    await proxy.outage();
    await sleep(8_000);
    await proxy.restore();
  };
  expectAll(await readSlowly(run, elsewhere!.argument, outage));
});
