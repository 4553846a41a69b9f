import { readFile } from "node:fs/promises";
import type { Check } from "../check.ts";
import { ConformanceError } from "../conformance-error.ts";
import { knownRun, sha256 } from "../known.ts";
import { mustBe } from "../must.ts";

export const resultChecks: readonly Check[] = [
  {
    name: "a result holds what the run left: numbers, and artifacts whose content has the sha256 that was told",
    needs: [],
    run: async ({ random, submit }) => {
      const known = knownRun(random.between(0, 2 ** 31));
      const run = await submit(known.job);
      const { artifacts, ...result } = await run.result();
      const { reason, step, metrics } = known.ended;
      mustBe(run, "its result has another reason", result.reason, reason);
      mustBe(run, "its result has other steps", result.steps, step);
      mustBe(run, "its result has other metrics", JSON.stringify(result.metrics), JSON.stringify(metrics));
      mustBe(run, "its result has another best epoch", result.bestEpoch, 1);
      const names = known.artifacts.map(({ name }) => name);
      mustBe(run, "its result names other artifacts", Object.keys(artifacts).join(), names.join());
      for (const { name, content } of known.artifacts) {
        const { path, ...told } = artifacts[name]!;
        mustBe(run, `${name} has another size`, told.bytes, content.length);
        mustBe(run, `${name} has another sha256`, told.sha256, sha256(content));
        const there = await readFile(path).catch((cause: unknown) => {
          throw new ConformanceError({ run: run.id }, `${name} is not at ${path}`, { cause });
        });
        mustBe(run, `the content of ${path} is not what the program wrote (sha256)`, sha256(there), told.sha256);
      }
    },
  },
];
