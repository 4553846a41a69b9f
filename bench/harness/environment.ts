import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A Python environment that has JAX. */
export interface Python {
  /** Path of its interpreter. */
  readonly python: string;
  /** Path of the interpreter that it was made with. */
  readonly base: string;
  /** "3.11.7" */
  readonly version: string;
  readonly jax: string;
}

/** Runs a command, its output on standard error, and throws unless it ends well. */
export const must = async (command: string, args: readonly string[], env?: Record<string, string>): Promise<void> => {
  const child = spawn(command, args, { stdio: ["ignore", 2, 2], env: { ...process.env, ...env } });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with exit code ${code}.`);
};

/** What a command prints. */
export const capture = async (command: string, args: readonly string[]): Promise<string> => {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with exit code ${code}.`);
  return text;
};

const versions = `
import json, platform, sys
from importlib.metadata import version
print(json.dumps({"base": sys._base_executable, "version": platform.python_version(), "jax": version("jax")}))
`;

/** Asks a Python that has JAX which versions it is. */
export const inspectPython = async (python: string): Promise<Python> => ({
  python,
  ...(JSON.parse(await capture(python, ["-c", versions])) as Omit<Python, "python">),
});

/**
 * An environment of the peer's own in `folder`, made with the interpreter that the product's was made with. It is made
 * anew when requirements or interpreter have changed, or when it was never finished.
 */
export const peerEnvironment = async (
  folder: string,
  product: Python,
  requirements: readonly string[],
): Promise<string> => {
  const stamp = createHash("sha256")
    .update(JSON.stringify([product.version, product.base, requirements]))
    .digest("hex");
  const python = join(folder, "bin", "python");
  const marker = join(folder, "ready");
  if (existsSync(marker) && (await readFile(marker, "utf8")) === stamp) return python;
  console.error(`Installing ${requirements.join(", ")} into ${folder} …`);
  await rm(folder, { recursive: true, force: true });
  await must(product.base, ["-m", "venv", folder]);
  // Without the cache: PyTorch would lie on the disk twice.
  const quietly = ["--quiet", "--no-cache-dir", "--disable-pip-version-check"];
  await must(python, ["-m", "pip", "install", ...quietly, ...requirements]);
  await writeFile(marker, stamp);
  return python;
};
