// npm run bench -- [NAME…] [--json] [--record] [--list] [--help]
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hardwareOf } from "./harness/hardware.ts";
import { outcomeOf, showGoal } from "./harness/measure.ts";
import { help, type Options, readOptions } from "./harness/options.ts";
import { type Row, recorded } from "./harness/record.ts";
import { describeOutcome } from "./harness/table.ts";
import { openWorkplace, type Workplace } from "./harness/workplace.ts";
import { benches } from "./measures/index.ts";

const results = join(import.meta.dirname, "RESULTS.md");

const list = (): string =>
  benches
    .map(({ name, measures }) => {
      const goals = measures.map((measure) => `  ${measure.about}: ${showGoal(measure) ?? "reported as it is"}`);
      return [name, ...goals].join("\n");
    })
    .join("\n");

/** Runs what was asked for, prints each measure as soon as it is known, and says whether all could be measured. */
const runAll = async (workplace: Workplace, { names, json, record }: Options): Promise<boolean> => {
  const hardware = hardwareOf(workplace.product);
  const { cpu, cores, python, jax } = hardware;
  if (!json) console.log(`${cpu}, ${cores} cores, Python ${python}, JAX ${jax}`);
  let complete = true;
  for (const bench of benches.filter(({ name }) => names.includes(name))) {
    console.error(`${bench.name} …`);
    const date = new Date().toISOString().slice(0, 10);
    try {
      const measured = await bench.run(workplace);
      const rows = bench.measures.map((measure): Row => {
        const found = measured[measure.name];
        if (!found) throw new Error(`${bench.name} did not measure ${measure.name}.`);
        const outcome = outcomeOf(measure, found.samples);
        console.log(json ? JSON.stringify(outcome) : `\n${describeOutcome(measure, outcome, found)}`);
        return { date, hardware, outcome, against: found.against };
      });
      if (record) writeFileSync(results, recorded(existsSync(results) ? readFileSync(results, "utf8") : "", rows));
    } catch (error) {
      complete = false;
      console.error(`${bench.name} could not be measured:`, error);
    }
  }
  return complete;
};

const read = (): Options | undefined => {
  try {
    return readOptions(
      process.argv.slice(2),
      benches.map(({ name }) => name),
    );
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
};

const options = read();
if (!options) process.exitCode = 2;
else if (options.help) console.log(help);
else if (options.list) console.log(list());
else {
  await using workplace = await openWorkplace();
  process.exitCode = (await runAll(workplace, options)) ? 0 : 1;
}
