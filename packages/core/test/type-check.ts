import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";

const home = dirname(import.meta.dirname);
const binaries = join(home, "..", "..", "node_modules", ".bin");

const cache = join(home, ".cache");

const tsc = (args: readonly string[]): string => {
  const { stdout, error } = spawnSync(join(binaries, "tsc"), [...args, "--pretty", "false"], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ""}` },
  });
  if (error) throw error;
  return stdout;
};

const inTemporaryFolder = <T>(work: (folder: string) => T): T => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "types-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/**
 * What the type checker says about one file that stands in a folder beside `src`.
 *
 * @param flags of tsc, besides the package's own
 */
export const typeCheck = (source: string, flags: readonly string[] = []): string =>
  inTemporaryFolder((folder) => {
    writeFileSync(join(folder, "program.ts"), source);
    const configuration = {
      extends: "../../tsconfig.test.json",
      compilerOptions: { noErrorTruncation: true },
      include: [],
      files: ["program.ts"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
    return tsc(["-p", folder, ...flags]);
  });

/**
 * Writes the package's declarations, as users get them.
 *
 * @returns the folder's name, beside the folder of `typeCheck`'s file
 */
export const emitDeclarations = (): string => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "declarations-"));
  tsc(["-p", home, "--composite", "false", "--incremental", "false", "--declarationMap", "false", "--outDir", folder]);
  return basename(folder);
};

export const removeDeclarations = (name: string): void => rmSync(join(cache, name), { recursive: true, force: true });
