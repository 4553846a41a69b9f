import { parseArgs } from "node:util";
import {
  type Capability,
  type Check,
  type Create,
  checks,
  missingFor,
  runCheck,
} from "../packages/runner/src/conformance/index.ts";
import {
  localCapabilities,
  localSubject,
  streamCapabilities,
  streamSubject,
} from "../packages/runner-local/src/testing/subjects.ts";

const help = `npm run conformance -- [TEXT…] [--carrier NAME] [--seconds N] [--backlog N] [--seed N] [--list]

Checks what every runner promises, on the local runner (file) and on the same log and inbox behind a byte stream that
delays, cuts, resets and freezes (stream). Prints one line a check and carrier, and totals. With TEXT, only the checks whose name holds one of them.

  --carrier NAME  only file, or only stream
  --seconds N     how long 1,000 events a second are kept up (60)
  --backlog N     how many events wait for a slow consumer (1000000)
  --seed N        of all that is left to chance (1)
  --list          names the checks and what they need

It ends with exit code 1 when a check fails.`;

interface Carrier {
  readonly name: string;
  readonly create: Create;
  readonly capabilities: readonly Capability[];
}

const carriersOf = (weather: number): readonly Carrier[] => [
  { name: "file", create: localSubject, capabilities: localCapabilities },
  {
    name: "stream",
    create: (wishes) => streamSubject(wishes, 500, weather++),
    capabilities: streamCapabilities,
  },
];

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

const readOptions = () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { carrier: text, seconds: text, backlog: text, seed: text, list: flag, help: { ...flag, short: "h" } },
  });
  const count = (name: "seconds" | "backlog" | "seed", otherwise: number): number => {
    const value = Number(values[name] ?? otherwise);
    if (Number.isSafeInteger(value) && value >= 1) return value;
    throw new TypeError(`--${name} must be a whole number from 1, not ${values[name]}.`);
  };
  const seed = count("seed", 1);
  const chosen = carriersOf(seed).filter(({ name }) => values.carrier === undefined || name === values.carrier);
  if (chosen.length === 0) throw new TypeError(`There is no carrier "${values.carrier}": file or stream.`);
  const wanted = checks.filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  if (wanted.length === 0) throw new TypeError(`No check is named like ${positionals.join(" or ")}; see --list.`);
  const scale = { seconds: count("seconds", 60), backlog: count("backlog", 1_000_000) };
  return { ...values, chosen, wanted, scale, seed };
};

type Outcome = "ok" | "FAILED" | "skipped";

const main = async (): Promise<number> => {
  const options = readOptions();
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.list) {
    for (const { name, needs } of checks) console.log(needs.length > 0 ? `${name} (needs ${needs.join(", ")})` : name);
    return 0;
  }
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort(new Error("stopped")));

  const runOne = async (check: Check, { name, create, capabilities }: Carrier): Promise<Outcome> => {
    const began = performance.now();
    const missing = missingFor(check, capabilities);
    let outcome: Outcome = missing.length > 0 ? "skipped" : "ok";
    let about = missing.length > 0 ? ` (needs ${missing.join(", ")})` : "";
    if (outcome === "ok") {
      await runCheck(check, { create, seed: options.seed, scale: options.scale, signal: stop.signal }).catch(
        (error) => {
          outcome = "FAILED";
          about = `\n    ${String(error?.stack ?? error).replaceAll("\n", "\n    ")}`;
        },
      );
    }
    if (stop.signal.aborted) return outcome;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`${outcome.padEnd(8)}${name.padEnd(8)}${seconds.padStart(6)} s  ${check.name}${about}`);
    return outcome;
  };

  const totals = { ok: 0, FAILED: 0, skipped: 0 };
  for (const carrier of options.chosen) {
    for (const check of options.wanted) {
      const outcome = await runOne(check, carrier);
      if (stop.signal.aborted) {
        console.error("Stopped; what was started is gone.");
        return 130;
      }
      totals[outcome] += 1;
    }
  }
  console.log(`\n${totals.ok} passed, ${totals.FAILED} failed, ${totals.skipped} skipped`);
  return totals.FAILED > 0 || totals.ok === 0 ? 1 : 0;
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}
