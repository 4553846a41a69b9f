// What every script of the workspace needs. Runs on Node 18: no dependency, no newer API.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const pnpm = "pnpm@12.21.0";

/** The environment of every command: the workspace's own tools and Node come first. */
export const environment = () => ({ ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` });

/** Runs a command in the workspace and returns its exit code; its output is the terminal's. */
export const run = (command, args, options = {}) => {
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env: environment(), ...options });
  if (done.error) throw done.error;
  return done.status ?? 1;
};

/** As `run`, and ends this process when the command fails. */
export const must = (command, args, options) => {
  const code = run(command, args, options);
  if (code !== 0) process.exit(code);
};

/** The Node of the workspace: the system's may be older than the tools need. */
export const node = (args, options) => run(join(root, "node_modules", "node", "bin", "node"), args, options);

const filesBelow = (folder, keep) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !["node_modules", "dist", "__pycache__"].includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path, keep) : keep(entry.name) ? [path] : [];
    });

/** A hash of the files below the folders, names included. */
const fingerprint = (folders, keep) => {
  const hash = createHash("sha256");
  for (const path of folders.flatMap((folder) => {
    const full = join(root, folder);
    return statSync(full).isDirectory() ? filesBelow(full, keep) : [full];
  }))
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update("\0");
  return hash.digest("hex");
};

/** Does the work unless a stamp says that it was done for these very files. */
const once = (name, stamp, work) => {
  const file = join(root, "node_modules", ".cache", "flaxen", name);
  if (existsSync(file) && readFileSync(file, "utf8") === stamp) return;
  work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
};

/** Installs the pinned packages, a Node among them. */
export const install = () => {
  const stamp = fingerprint(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"], () => true);
  once("install", stamp, () => {
    console.log("Installing the packages (once) …");
    const quiet = { npm_config_update_notifier: "false", npm_config_loglevel: "error" };
    must("npx", ["--yes", pnpm, "install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"], {
      env: { ...environment(), ...quiet },
    });
  });
};

/** Bundles every package and writes its declarations. */
export const build = () => {
  install();
  const sources = ["packages", "python", "tsconfig.base.json", "tsup.config.ts"];
  once(
    "build",
    fingerprint(sources, (name) => !/\.test(-d)?\.ts$|^test_/.test(name)),
    () => {
      console.log("Building the packages …");
      must("tsup", []);
      must("tsc", ["-b"]);
    },
  );
};
