import { EnvironmentError } from "@flaxen/runner";
import { expect, test } from "vitest";
import { ensureEnvironment } from "./python/ensure-environment.ts";
import { findPython } from "./python/find-python.ts";
import { collect, jobOf, plainRunner, temporaryFolder } from "./testing/programs.ts";

const isEnvironmentError = (error: unknown) =>
  EnvironmentError.isInstance(error) &&
  error.message.startsWith('The Python environment "text" could not be built: there is no environment "text".');

test("an environment that is not known ends the run before it starts", async () => {
  const { runner } = await plainRunner({ environment: undefined });
  const job = jobOf("result()");
  const run = await runner.submit({ ...job, program: { ...job.program, environment: "text" } });
  expect((await collect(run)).map(({ type }) => type)).toEqual(["attempt.started", "attempt.ended", "run.ended"]);
  await expect(run.result()).rejects.toSatisfy(isEnvironmentError);
});

test("the same is said where only an environment was asked for", async () => {
  await expect(ensureEnvironment({ name: "text", home: await temporaryFolder() })).rejects.toSatisfy(
    isEnvironmentError,
  );
});

test("a given environment is used as it is", async () => {
  const { executable } = await findPython();
  const { runner } = await plainRunner({ environment: executable });
  expect(await runner.interpreter("base")).toBe(executable);
});

test("an aborted build ends, in the caller's words", async () => {
  const abort = new AbortController();
  const building = ensureEnvironment({
    home: await temporaryFolder(),
    signal: abort.signal,
    onProgress: () => abort.abort(new Error("enough")),
  });
  await expect(building).rejects.toThrow("enough");
});
