import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DiskFullError, wireEvent } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { afterAll, beforeAll, expect } from "vitest";

import { jobOf, plainRunner, temporaryFolder } from "../testing/programs.ts";

let disk: string;
let mounted = false;
const mount = (): boolean => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
beforeAll(async () => {
  disk = await temporaryFolder();
});
afterAll(() => {
  if (mounted) execFileSync("umount", ["--lazy", disk], { stdio: "ignore" });
});

fault(11, "file")(
  "a full disk ends the run with its log whole, and a run that does not fit is refused",
  async ({ skip }) => {
    mounted = mount();
    skip(!mounted, "only root may mount a small disk");
    const { runner } = await plainRunner({ root: disk });
    const run = await runner.submit(jobOf("while True:\n    steps(0, *[0.123456789] * 100)"));
    await expect(run.result()).rejects.toSatisfy(
      (error) => DiskFullError.isInstance(error) && error.message.includes(run.folder),
    );
    const log = await readFile(join(run.folder, "attempt-1/events.jsonl"), "utf8");
    const events = log
      .trimEnd()
      .split("\n")
      .map((line) => wireEvent.parse(JSON.parse(line)));
    expect(log.endsWith("\n")).toBe(true);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "disk-full" });

    const assets = [{ name: "big.bin", sha256: "0", bytes: new Uint8Array(4_000_000) }];
    await expect(runner.submit(jobOf("result()", { assets }))).rejects.toSatisfy((error) =>
      DiskFullError.isInstance(error),
    );
  },
);
