import { parseArgs } from "node:util";
import { ensureEnvironment } from "@flaxen/runner-local";

const help = `npm run fuzz -- [--cases N] [--seed N] [--imports N]

Puts hostile names, strings, numbers and structures where a stranger's document could hold them. Each must be refused by
an error with a code, or end as data in the emitted program: Python's ast parses every program and finds nothing but what
the compiler means to print, literals read back as they were, and programs are imported where a canary would sing.

  --cases N    hostile values, half of them as literals and names, half of them in documents (1000000)
  --seed N     the same seed tries the same cases (the time of day)
  --imports N  programs that are imported, not only parsed (1000)

It ends with exit code 1 when a value does harm.`;

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { cases: text, seed: text, imports: text, help: { type: "boolean", short: "h" } },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}
const count = (name: "cases" | "seed" | "imports", otherwise: number): number => {
  const value = Number(values[name] ?? otherwise);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} must be a whole number of at least 0, but it is ${values[name]}.`);
  process.exit(2);
};

const options = {
  cases: count("cases", 1_000_000),
  seed: count("seed", Date.now() % 2 ** 31),
  imports: count("imports", 1000),
};
process.env.FLAXEN_TEST_PYTHON ??= (
  await ensureEnvironment({ name: "dev", onProgress: (line) => console.log(line) })
).python;
const { fuzz } = await import("../packages/compiler/test/fuzz/fuzz.ts");
console.log(`${options.cases} cases from seed ${options.seed}`);
const started = performance.now();
const report = fuzz({ ...options, onProgress: (line) => console.log(`  ${line}`) });
const refused = Object.entries(report.refused).sort(([, a], [, b]) => b - a);
const total = refused.reduce((sum, [, times]) => sum + times, 0);
console.log(`literals: ${report.literals} read back by Python as they were written`);
console.log(`documents: ${report.documents}: ${report.accepted} compiled, ${total} refused`);
for (const [code, times] of refused) console.log(`  ${code}: ${times}`);
console.log(`programs: ${report.programs} parsed and looked through, ${report.imported} imported`);
for (const fault of report.faults) console.error(`FAULT ${fault}`);
console.log(`${report.faults.length} faults after ${Math.round((performance.now() - started) / 1000)} s`);
process.exit(report.faults.length === 0 ? 0 : 1);
