import { OutOfMemoryError } from "@flaxen/runner";
import { beforeAll, expect, test } from "vitest";
import { collect, jobOf, plainRunner } from "./testing/programs.ts";

let plain: Awaited<ReturnType<typeof plainRunner>>;
beforeAll(async () => {
  plain = await plainRunner();
});

const failure = (fields: string) =>
  `emit("_failure", failure=({"code": "exception", "type": "ValueError", "message": "no", "traceback": "Traceback…", "frames": [], "data": {}} | ${fields}))
sys.exit(1)`;

const errorOf = async (python: string): Promise<unknown> => {
  const run = await plain.runner.submit(jobOf(python));
  return run.result().then(
    () => undefined,
    (error: unknown) => error,
  );
};

test("memory that runs out has an error of its own", async () => {
  const error = await errorOf(failure('{"code": "oom", "type": "MemoryError", "message": "cannot allocate"}'));
  expect(OutOfMemoryError.isInstance(error) && error.message).toContain("cannot allocate");
});

test("lines that are no events become warnings", async () => {
  const python = `
fd = int(os.environ["FLAXEN_EVENTS_FD"])
os.write(fd, b"nonsense\\n" + b'{ "type" : "epoch", "epoch": 0, "step": 1, "metrics": {}, "best": false, "seconds": 0 }\\n')
os.write(fd, b'{"type":"log","text":"' + b"x" * 300_000 + b'"}\\n')
os.write(fd, b'{"type":"epoch","epoch":1,"st')
result()`;
  const run = await plain.runner.submit(jobOf(python.replace("result()", "")));
  const events = await collect(run);
  expect(events.filter(({ type }) => type === "epoch")).toHaveLength(1);
  expect(events.flatMap((event) => (event.type === "warning" ? [event.text] : []))).toEqual([
    "a line of the worker is no event: nonsense",
    "a line of the worker is too long for the log",
  ]);
});
