import { parseArgs } from "node:util";

export interface Options {
  /** Benches to run, in their own order; all of them when nothing was named. */
  readonly names: readonly string[];
  readonly json: boolean;
  readonly record: boolean;
  readonly list: boolean;
  readonly help: boolean;
}

export const help = `npm run bench -- [NAME…] [--json] [--record] [--list]

Measures the product against its peers, which it installs below .cache/bench. Without a name it runs everything.
FLAXEN_PYTHON names another interpreter, and with it the row of versions that product and peers run on.

  --json    one line of JSON for each measure: {name, ours, peer, ratio, unit, goal, holds}
  --record  writes the results with the hardware into bench/RESULTS.md
  --list    names the benches and their goals, and measures nothing

It ends with exit code 1 when something could not be measured; a goal that does not hold is a result like any other.`;

/** Reads the command line. Throws with a message for people when a name or an option is unknown. */
export const readOptions = (args: readonly string[], known: readonly string[]): Options => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      record: { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  for (const name of positionals)
    if (!known.includes(name)) throw new Error(`There is no bench "${name}". There are: ${known.join(", ")}.`);
  const names = positionals.length === 0 ? known : known.filter((name) => positionals.includes(name));
  return { ...values, names };
};
