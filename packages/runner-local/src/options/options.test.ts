import { expect, test } from "vitest";
import { RunnerOptionError } from "../errors.ts";
import { local } from "../local.ts";
import { jobOf, temporaryFolder } from "../testing/programs.ts";

const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test.each([
  [{ slots: 0 }, "local: slots must be a whole number of at least 1, not 0."],
  [{ slots: 1.5 }, "local: slots must be a whole number of at least 1, not 1.5."],
  [{ device: "tpu" }, 'local: device must be "cpu" or "gpu", not "tpu".'],
  [{ devise: "cpu" }, 'local has no option "devise". Did you mean "device"?'],
  [{ root: "" }, `local: root must be a folder's path, not "".`],
  [{ packages: "scipy" }, 'local: packages must be a list of requirements such as ["scipy==1.16.3"], not "scipy".'],
  [
    { packages: ["--index-url=x"] },
    'local: packages must be a list of requirements such as ["scipy==1.16.3"], not ["--',
  ],
  [{ warm: "no" }, 'local: warm must be true or false, not "no".'],
  [
    { environment: "/env", packages: ["scipy"] },
    "local: packages does nothing beside environment, which is used as it",
  ],
  [null, "local: its options must be an object, not null."],
])("local(%j) is refused at the call", (options, message) => {
  const error = thrown(() => local(options as object));
  expect(RunnerOptionError.isInstance(error) && error.message).toContain(message);
  expect(RunnerOptionError.isInstance(error) && error.site?.file).toBe(import.meta.filename);
});

test("what is left out, or undefined, is right", () => {
  expect(local({ slots: undefined, device: "cpu", packages: [], warm: false }).name).toBe("local");
});

test.each([
  [{ id: "a/b" }, 'submit: id must be made of at most 100 letters, digits, "_" and "-", not "a/b".'],
  [{ id: "" }, "submit: id must be made of"],
  [{ maxSeconds: -1 }, "submit: maxSeconds must be a number of seconds above 0, not -1."],
  [{ maxSeconds: Number.NaN }, "submit: maxSeconds must be a number of seconds above 0, not NaN."],
  [{ retries: 0.5 }, "submit: retries must be a whole number of at least 0, not 0.5."],
  [{ detach: 1 }, "submit: detach must be true or false, not 1."],
  [{ signal: "stop" }, 'submit: signal must be an AbortSignal, not "stop".'],
  [{ detached: true }, 'submit has no option "detached". Did you mean "detach"?'],
])("submit(job, %j) is refused at the call, before anything starts", async (options, message) => {
  const runner = local({ root: await temporaryFolder(), environment: "/nowhere" });
  const error = await runner.submit(jobOf(""), options as object).catch((thrown: unknown) => thrown);
  expect(RunnerOptionError.isInstance(error) && error.message).toContain(message);
  expect(RunnerOptionError.isInstance(error) && error.site?.file).toBe(import.meta.filename);
});
