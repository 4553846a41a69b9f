import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { Job } from "@flaxen/runner";

/** What a job is, each part as a hash: two jobs that are the same in all of them are the same job. */
export interface Contents {
  readonly experiment: string;
  readonly program: string;
  readonly configuration: string;
  readonly data: string;
}

/** Bytes count by their hash, files by the place that they lie at. */
export const contentsOf = ({ program, config, assets, document, metrics }: Job): Contents => ({
  experiment: hash([document, metrics]),
  program: hash([program.hash, program.entry, program.environment, sorted(program.files)]),
  configuration: hash(sorted(config)),
  data: hash(
    assets.map((asset) => ("bytes" in asset ? [asset.name, asset.sha256] : [asset.name, resolve(asset.path)])),
  ),
});

/** Which parts are not the same, as they are called in an error. */
export const differences = (one: Contents, other: Contents): readonly string[] =>
  (["experiment", "program", "configuration", "data"] as const)
    .filter((part) => one[part] !== other[part])
    .map((part) => `its ${part}`);

const hash = (value: unknown): string => `sha256:${createHash("sha256").update(JSON.stringify(value)).digest("hex")}`;

/** Keys in one order at every depth: how an object was put together says nothing about it. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};
