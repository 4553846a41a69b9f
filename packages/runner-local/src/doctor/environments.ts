import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { type Finding, finding, gigabytes } from "./finding.ts";
import type { Patient } from "./patient.ts";

export const examineEnvironments = async (patient: Patient): Promise<readonly Finding[]> => {
  const folder = join(patient.home, "environments");
  const names = (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith(".lock")).sort();
  const built = names.filter((name) => !name.startsWith("."));
  const rest = names.filter((name) => name.endsWith(".building"));
  const each = await Promise.all(built.map((name) => describe(join(folder, name), name)));
  const next = await patient.environment();
  const due = next?.python === null ? [toBeBuilt(next.key)] : [];
  return [...each, ...due, ...(rest.length > 0 ? [unfinished(folder, rest)] : [])];
};

const toBeBuilt = (key: string): Finding =>
  finding(
    "environments",
    "ok",
    `${key} is built for the first run: some minutes and about 1 GB from the network, once`,
  );

const unfinished = (folder: string, names: readonly string[]): Finding => {
  const text = `${names.length} unfinished in ${folder}: being built now, or left by a builder that was killed`;
  return finding("environments", "ok", `${text}; the next build of the same removes it`);
};

interface Mark {
  readonly packages?: readonly string[];
}

const describe = async (folder: string, name: string): Promise<Finding> => {
  const mark = await readFile(join(folder, "flaxen.json"), "utf8").then(
    (text) => JSON.parse(text) as Mark,
    () => undefined,
  );
  if (!mark || !existsSync(join(folder, "bin", "python"))) {
    const why = mark ? "its interpreter is gone" : "it was never finished";
    const advice = `It is built anew when a run needs it; else delete ${folder}.`;
    return finding("environments", "warning", `${name} cannot be used: ${why}`, advice);
  }
  const size = await sizeOf(folder);
  const own = mark.packages && mark.packages.length > 0 ? ` with ${mark.packages.join(", ")}` : "";
  return finding("environments", "ok", `${name}${own} is ready${size === undefined ? "" : `, ${gigabytes(size)}`}`);
};

/** Bytes on the disk; undefined where that takes too long. */
const sizeOf = async (folder: string): Promise<number | undefined> => {
  const { stdout, failed } = await execa("du", ["-sk", folder], { reject: false, timeout: 10_000, stdin: "ignore" });
  const kilobytes = Number.parseInt(stdout ?? "", 10);
  return failed || Number.isNaN(kilobytes) ? undefined : kilobytes * 1024;
};
