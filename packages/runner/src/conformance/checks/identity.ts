import { RunExistsError } from "../../errors/attach-errors.ts";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import { knownRun } from "../known.ts";
import { mustBe, mustReject } from "../must.ts";
import { jobOf } from "../programs.ts";

export const identityChecks: readonly Check[] = [
  {
    name: "two submits of one id are one run, at once and later; of another job they are an error",
    needs: ["id"],
    run: async ({ follow, random, submit }) => {
      const known = knownRun(random.between(0, 2 ** 31), { pause: 0.01 });
      const id = `twice-${random.between(0, 1e9)}`;
      const both = await Promise.all([submit(known.job, { id }), submit(known.job, { id })]);
      for (const run of both) mustBe(run, "it has another id than it was given", run.id, id);
      mustBe(both[0], "two submits of one id made two folders", both[1].folder, both[0].folder);
      await Promise.all(both.map((run) => follow(run, known)));
      await follow(await submit(known.job, { id }), known);
      await mustReject({ id }, () => submit(jobOf("result(step=7)"), { id }), RunExistsError);
      await follow(both[0], known);
    },
  },
  {
    name: "runs() lists the runs, newest first, with what is proven of them",
    needs: ["runs"],
    run: async ({ runner, submit, until }) => {
      const first = await submit(jobOf("result(step=1)"));
      await first.result();
      const second = await submit(jobOf('steps(0, 1.0)\nasked.wait()\nresult("cancelled", step=1)'));
      await until(second, ({ type }) => type === "step", "a step");
      const list = async () => {
        const runs = await runner.runs!();
        return runs.map(({ id, state, reason, attempt }) => `${id} ${state} ${reason} ${attempt}`).join("\n");
      };
      const one = `${first.id} ended completed 1`;
      mustBe(second, "it is listed otherwise", await list(), `${second.id} running undefined 1\n${one}`);
      await second.cancel();
      mustBe(second, "it is listed otherwise once cancelled", await list(), `${second.id} ended cancelled 1\n${one}`);
      const listed = (await runner.runs!()).find(({ id }) => id === first.id)!;
      const age = Date.now() - listed.startedAt.getTime();
      if (!(age >= 0 && age < 600_000)) {
        throw new ConformanceError({ run: first.id }, "it is listed with a time at which it did not start", {
          found: listed,
        });
      }
    },
  },
];
