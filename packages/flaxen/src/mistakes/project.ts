import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const home = join(import.meta.dirname, "../..");

/** Files that are checked together, in a folder of their own beside `src`. */
export interface Project {
  /** Its `tsconfig.json`. */
  readonly configuration: string;
  /** Where the files stand, in the order in which they were given. */
  readonly files: readonly string[];
  remove(): void;
}

/**
 * Writes files that are checked as those of somebody who uses this package.
 *
 * @param files their texts by their names
 * @param settings compiler options, besides those of the tests
 */
export const writeProject = (
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, boolean>> = {},
): Project => {
  mkdirSync(join(home, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(home, ".cache", "mistakes-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const configuration = join(folder, "tsconfig.json");
  const compilerOptions = { noUnusedLocals: false, ...settings };
  const whole = { extends: "../../../../tsconfig.test.json", compilerOptions, include: [], files: Object.keys(files) };
  writeFileSync(configuration, JSON.stringify(whole));
  return {
    configuration,
    files: Object.keys(files).map((name) => join(folder, name)),
    remove: () => rmSync(folder, { recursive: true }),
  };
};
