import { type Finding, finding, gigabytes } from "./finding.ts";

const tight = 2e9;
const little = 0.7e9;

export const examineMemory = async (): Promise<readonly Finding[]> => [judgeMemory(process.availableMemory())];

/** @param free bytes that a new process may take, the container's limit considered */
export const judgeMemory = (free: number): Finding => {
  const text = `${gigabytes(free)} of memory are free`;
  if (free >= tight) return finding("memory", "ok", text);
  const advice = "Close other programs, give the container more, or train on less data at once.";
  return finding("memory", free < little ? "problem" : "warning", `only ${text}: JAX itself takes 0.5 GB`, advice);
};
