import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";

const rounds = 5;

export const startCold = defineBench({
  name: "start-cold",
  measures: [
    {
      name: "start-cold",
      about: "a whole script, from its start to the first step of the digits MLP: nothing runs, nothing is cached",
      unit: "ms",
      goal: { relation: "<=", value: 8_000 },
    },
    {
      name: "start-cold-keras",
      about: "the same, against a Keras script from its start to the end of fit's first batch",
      unit: "ms",
      definition: "ours / peer",
      goal: { relation: "<", value: 1 },
    },
  ],
  run: async ({ product, runs, digitsFolder, interpreter }) => {
    const [folder, keras] = [await digitsFolder(), await interpreter("keras")];
    const peers = join(import.meta.dirname, "..", "peers");
    let against = "";
    const samples = await interleave(rounds, {
      ours: async () => {
        const home = await mkdtemp(join(runs, "cold-"));
        const script = join(import.meta.dirname, "cold-script.ts");
        const args = [...process.execArgv, script, home, product.python, folder];
        const { milliseconds } = await untilLine(process.execPath, args);
        await rm(home, { recursive: true, force: true });
        return [milliseconds];
      },
      peer: async () => {
        const { milliseconds, line } = await untilLine(keras, [join(peers, "keras_start.py")], {
          BENCH_DIGITS: folder,
        });
        against = line;
        return [milliseconds];
      },
    });
    return { "start-cold": { samples: { ours: samples.ours } }, "start-cold-keras": { samples, against } };
  },
});

/** Milliseconds from the start of a script to the line that it prints; it is then left to end. */
const untilLine = async (command: string, args: readonly string[], environment: Record<string, string> = {}) => {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...environment } });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let first: { readonly milliseconds: number; readonly line: string } | undefined;
  for await (const line of createInterface({ input: child.stdout }))
    first ??= { milliseconds: performance.now() - started, line };
  const code = await ended;
  if (code !== 0 || !first) throw new Error(`${command} ${args.join(" ")} ended with exit code ${code}.`);
  return first;
};
