import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Experiment } from "@flaxen/core";
import { compile } from "../src/compile.ts";
import { projectFiles } from "../src/project-files.ts";

/** Bytes in the IDX format. */
const idx = (shape: readonly number[], pixel: (i: number) => number): Uint8Array => {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint32(0, 0x0800 + shape.length);
  for (const [axis, size] of shape.entries()) header.setUint32(4 + 4 * axis, size);
  const size = shape.reduce((product, axis) => product * axis, 1);
  return Uint8Array.from([...new Uint8Array(header.buffer), ...Array.from({ length: size }, (_, i) => pixel(i))]);
};

/** Files of the shape that an experiment names but does not hold. */
const files: Readonly<Record<string, () => Uint8Array>> = {
  "train-images-idx3-ubyte": () => idx([150, 28, 28], (i) => (i * 31) % 256),
  "train-labels-idx1-ubyte": () => idx([150], (i) => i % 10),
  "t10k-images-idx3-ubyte": () => idx([70, 28, 28], (i) => (i * 17) % 256),
  "t10k-labels-idx1-ubyte": () => idx([70], (i) => (i * 3) % 10),
  "houses.csv": () => {
    const rows = Array.from({ length: 50 }, (_, i) => {
      const [rooms, area, age, distance] = [1 + (i % 5), 40 + ((i * 7) % 90), (i * 11) % 80, (i % 9) / 2];
      return [rooms, area, age, distance, 1000 * area + 5000 * rooms - 200 * age].join(",");
    });
    return new TextEncoder().encode(["rooms,area,age,distance,price", ...rows, ""].join("\n"));
  },
};

/** Writes an experiment as a project into a new folder, small data in its assets, and returns the folder. */
export const writeProject = ({ document, assets, sites }: Experiment): string => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-compiler-"));
  const job = compile(document, { sites, allowCode: true });
  const texts = projectFiles(job, { requirements: "jax" });
  for (const [path, text] of Object.entries(texts)) write(join(folder, path), text);
  for (const asset of job.assets) {
    const bytes = asset.kind === "bytes" ? assets.get(asset.sha256) : files[asset.name]?.();
    if (!bytes) throw new Error(`no bytes for ${asset.name}`);
    write(join(folder, "assets", asset.name), bytes);
  }
  return folder;
};

const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};
