import { stat, statfs } from "node:fs/promises";
import { type Finding, finding, gigabytes } from "./finding.ts";
import { nearest } from "./nearest.ts";
import type { Patient } from "./patient.ts";

const tight = 5e9;
const little = 1e9;

export const examineDisk = async ({ home, root }: Patient): Promise<readonly Finding[]> => {
  const [homeDisk, rootDisk] = await Promise.all([freeAt(home), freeAt(root)]);
  return homeDisk.device === rootDisk.device
    ? [judgeDisk(home, homeDisk.free)]
    : [judgeDisk(home, homeDisk.free), judgeDisk(root, rootDisk.free)];
};

const freeAt = async (path: string): Promise<{ readonly free: number; readonly device: number }> => {
  const there = await nearest(path);
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(there), stat(there)]);
  return { free: bavail * bsize, device: dev };
};

/** @param free bytes */
export const judgeDisk = (folder: string, free: number): Finding => {
  const text = `${gigabytes(free)} are free at ${folder}`;
  if (free >= tight) return finding("disk", "ok", text);
  const needs = "an environment takes 1 GB, one for a GPU 6 GB, and runs take what their logs and weights need";
  const advice = "Delete runs and environments that you no longer need, or choose another disk: FLAXEN_HOME.";
  return finding("disk", free < little ? "problem" : "warning", `only ${text}; ${needs}`, advice);
};
