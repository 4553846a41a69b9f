import { parseArgs } from "node:util";
import { faults } from "../packages/runner-local/src/testing/soak/chaos.ts";
import { type Progress, type SoakResult, soak } from "../packages/runner-local/src/testing/soak/soak.ts";
import type { Verdict } from "../packages/runner-local/src/testing/soak/verdict.ts";

const help = `npm run soak -- [--kills N] [--seed N] [--lanes N]

Starts short detached runs one after the other, and kills at random: the clients that follow them, their workers, their
supervisor; half of the clients read through a proxy, which is cut, reset, frozen and shut. Each client goes on from the
cursor of the one before. At the end every event that clients were given is compared with the runs' logs.

  --kills N  how many faults are inflicted (100)
  --seed N   which ones, on whom and when; chosen by chance and printed, so that a soak can be had again
  --lanes N  how many runs go on at once (3)

It ends with exit code 1 unless there are no gaps, duplicates, changed events, wrong endings, failed clients and orphans.`;

const count = (name: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`--${name} must be a whole number from 1, not ${text}.`);
  return value;
};

const readOptions = () => {
  const text = { type: "string" } as const;
  const options = { kills: text, seed: text, lanes: text, help: { type: "boolean", short: "h" } } as const;
  const { values } = parseArgs({ args: process.argv.slice(2), options });
  if (values.help) return undefined;
  return {
    kills: count("kills", values.kills, 100),
    seed: count("seed", values.seed, 1 + Math.floor(Math.random() * 1e9)),
    lanes: count("lanes", values.lanes, 3),
  };
};

const kinds: readonly (readonly [name: keyof Verdict, title: string])[] = [
  ["gaps", "gaps"],
  ["duplicates", "duplicates"],
  ["changed", "changed events"],
  ["wrongEndings", "wrong endings"],
  ["failures", "failed clients"],
];

/** Prints what happened; the number of faults found. */
const print = ({ runs, events, inflicted, verdicts, orphans, troubles }: SoakResult): number => {
  console.log(`\n${runs} runs, ${events} events. Inflicted:`);
  for (const fault of faults) console.log(`  ${fault.padEnd(16)}${String(inflicted[fault]).padStart(6)}`);
  console.log(`\n${"".padEnd(18)}${"file".padStart(8)}${"stream".padStart(8)}`);
  let total = orphans.length;
  for (const [name, title] of kinds) {
    const { file, stream } = verdicts;
    total += file[name] + stream[name];
    console.log(`${title.padEnd(18)}${String(file[name]).padStart(8)}${String(stream[name]).padStart(8)}`);
  }
  console.log(`${"orphans".padEnd(18)}${String(orphans.length).padStart(8)}`);
  for (const line of [...troubles, ...orphans]) console.log(`\n${line}`);
  return total;
};

const progressOf = (kills: number) => {
  let printed = 0;
  return (progress: Progress) => {
    const line = `${progress.kills}/${kills} kills, ${progress.runs} runs, ${progress.events} events`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
    else if (progress.kills >= printed + 10) process.stderr.write(`${line}\n`);
    if (progress.kills >= printed + 10) printed = progress.kills;
  };
};

const main = async (): Promise<number> => {
  const options = readOptions();
  if (!options) {
    console.log(help);
    return 0;
  }
  const { kills, seed, lanes } = options;
  console.log(
    `${kills} kills, seed ${seed}: again with npm run soak -- --kills ${kills} --seed ${seed} --lanes ${lanes}`,
  );
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  const result = await soak({ ...options, onProgress: progressOf(kills), signal: stop.signal });
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  if (!stop.signal.aborted) return print(result) === 0 ? 0 : 1;
  console.error("Stopped; what was started is gone.");
  return 130;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}
