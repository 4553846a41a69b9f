import { DeviceMismatchError } from "@flaxen/runner";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect } from "vitest";
import { local } from "../local.ts";
import { collect, temporaryFolder } from "../testing/programs.ts";
import { handWritten } from "./project-job.ts";

fault(33, "file")("a GPU asked for where JAX finds a CPU ends the run at once, before any data is read", async () => {
  const folder = await temporaryFolder();
  // FLAXEN_TEST_PYTHON has JAX; without it the environment "base" is built as users have it.
  const environment = process.env.FLAXEN_TEST_PYTHON;
  const home = environment === undefined ? undefined : folder;
  const runner = local({ root: `${folder}/runs`, home, environment, device: "gpu", warm: false });
  const run = await runner.submit(handWritten("digits"));
  const events = await collect(run);
  const started = events.find(({ type }) => type === "run.started")!;
  expect(events.at(-1)).toMatchObject({ type: "run.ended", reason: "device-mismatch", step: 0 });
  expect(events.at(-1)!.m - started.m).toBeLessThan(10_000);
  expect(events.some(({ type }) => ["prepare.ended", "compile.started", "step"].includes(type))).toBe(false);
  await expect(run.result()).rejects.toSatisfy(
    (error) => DeviceMismatchError.isInstance(error) && error.message.includes('"gpu"'),
  );
});
