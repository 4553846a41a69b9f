import { spawnSync } from "node:child_process";
import { ensureEnvironment } from "@flaxen/runner-local";

const minorOf = (command: string): number | undefined => {
  const { stdout } = spawnSync(command, ["-c", "import sys; print(sys.version_info[1])"], { encoding: "utf8" });
  return stdout ? Number(stdout) : undefined;
};

/** Python 3.11 stops at JAX 0.10; later ones have newer versions of everything. */
const isOldRow = (minor: number): boolean => minor === 11;

/**
 * The development environment made with a Python of the row of versions that `python` is not of: `FLAXEN_OTHER_PYTHON`,
 * or one on the PATH. Undefined where there is none.
 */
export const otherRow = async (
  python: string,
  onProgress: (text: string) => void,
): Promise<{ readonly python: string; readonly version: string } | undefined> => {
  const named = process.env.FLAXEN_OTHER_PYTHON;
  const candidates = [...(named ? [named] : []), "python3.14", "python3.13", "python3.12", "python3.11"];
  for (const candidate of candidates) {
    const minor = minorOf(candidate);
    if (minor === undefined || minor < 11 || isOldRow(minor) === isOldRow(minorOf(python)!)) continue;
    return {
      python: (await ensureEnvironment({ name: "dev", python: candidate, onProgress })).python,
      version: `3.${minor}`,
    };
  }
  return undefined;
};
