import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fault } from "@flaxen/runner/conformance/fault";
import { expect } from "vitest";
import { local } from "../local.ts";
import { node } from "../testing/node.ts";
import { collect, jobOf, plainRunner, until } from "../testing/programs.ts";

const training = "for i in range(40):\n    steps(i, float(i))\n    time.sleep(0.01)\nresult(step=40)";

fault(31, "file")("two clients that attach at different times both get the full stream", async () => {
  const { folder, runner } = await plainRunner();
  const run = await runner.submit(jobOf(training));
  const other = await local({ root: join(folder, "runs") }).attach(run.id);
  const first = collect(other);
  await until(run, (event) => event.type === "step" && event.step === 20);
  const late = await local({ root: join(folder, "runs") }).attach(run.id);
  const [one, two, own] = await Promise.all([first, collect(late), collect(run)]);
  expect(one).toEqual(own);
  expect(two).toEqual(own);
  expect(own.filter(({ type }) => type === "step")).toHaveLength(40);
});

for (const detach of [false, true])
  fault(31, "file")(
    `two submits of one id at once, of one process and of two, are one run (detached: ${detach})`,
    async () => {
      const { folder, home, runner } = await plainRunner();
      const root = join(folder, "runs");
      const runs = await Promise.all([1, 2].map(() => runner.submit(jobOf(training), { id: "once", detach })));
      const [one, two] = await Promise.all(runs.map(collect));
      expect(two).toEqual(one);
      const options = JSON.stringify({ id: "once", detach });
      const elsewhere = await Promise.all([1, 2].map(() => node("submit.ts", root, home, training, options, "39")));
      for (const { stdout, stderr } of elsewhere) {
        expect(stderr).toBe("");
        const { events } = JSON.parse(stdout) as { events: readonly (readonly [number, number, string])[] };
        expect(events.filter(([, , type]) => type === "step")).toHaveLength(40);
      }
      expect((await readdir(root)).filter((name) => !name.startsWith("."))).toEqual(["once"]);
      expect((await readdir(join(root, "once"))).filter((name) => name.startsWith("attempt"))).toEqual(["attempt-1"]);
    },
  );
