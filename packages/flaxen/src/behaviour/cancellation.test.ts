import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { data } from "@flaxen/core";
import { RunCancelledError } from "@flaxen/runner";
import { local } from "@flaxen/runner-local";
import { describe, expect, test } from "vitest";
import { temporaryHome } from "../testing/home.ts";
import { digitsModel } from "../testing/models.ts";
import { processesWith } from "../testing/processes.ts";
import { testRunner } from "../testing/runner.ts";
import { train } from "../training/train.ts";

const home = temporaryHome();
const runner = testRunner(home);
const long = { data: data.digits(), epochs: 100_000, batchSize: 8 };

const reason = (error: unknown) => (RunCancelledError.isInstance(error) ? "cancelled" : String(error));

describe("an AbortSignal ends a run at any stage", () => {
  test("before it starts", async () => {
    const signal = AbortSignal.abort();
    expect(await train(digitsModel(), { ...long, runner, signal }).then(String, reason)).toBe("cancelled");
  });

  test.each(["attempt.started", "device.info", "prepare.ended", "compile.started", "step", "epoch"])(
    "at its first %s",
    async (stage) => {
      const controller = new AbortController();
      const run = await train(digitsModel(), { ...long, runner, signal: controller.signal });
      let asked: number | undefined;
      let ending: string | undefined;
      for await (const event of run) {
        if (event.type === stage && asked === undefined) {
          asked = Date.now();
          controller.abort();
        }
        if (event.type === "run.ended") ending = event.reason;
      }
      expect(ending).toBe("cancelled");
      expect(Date.now() - (asked ?? 0)).toBeLessThan(6_000);
      expect(await run.result().then(String, reason)).toBe("cancelled");
      expect(processesWith(run.folder)).toEqual([]);
    },
  );

  test("while its Python environment is built, of which nothing stays", async () => {
    const fresh = mkdtempSync(join(tmpdir(), "flaxen-fresh-"));
    const controller = new AbortController();
    const run = await train(digitsModel(), { ...long, runner: local({ home: fresh }), signal: controller.signal });
    let ending: string | undefined;
    for await (const event of run) {
      if (event.type === "env.progress") controller.abort();
      if (event.type === "run.ended") ending = event.reason;
    }
    expect(ending).toBe("cancelled");
    const left = readdirSync(join(fresh, "environments")).filter(
      (name) => name.startsWith("base-") && !name.endsWith(".lock"),
    );
    expect(left).toEqual([]);
  });

  test("cancel() says how it ended, also when it had ended before", async () => {
    const running = await train(digitsModel(), { ...long, runner });
    expect(await running.cancel()).toBe("cancelled");
    const done = await train(digitsModel(), { data: data.digits(), steps: 2, runner });
    await done.result();
    expect(await done.cancel()).toBe("completed");
  });

  test("leaving the loop ends nothing; await using closes the stream only", async () => {
    const run = await train(digitsModel(), { data: data.digits(), steps: 40, runner });
    for await (const event of run) if (event.type === "step") break;
    expect((await run.result()).steps).toBe(40);
  });
});
