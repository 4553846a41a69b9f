import { sha256Hex } from "@flaxen/core";

/** `sha256:…` of an environment's name and of files, whatever the order of their names. */
export const programHash = (files: Readonly<Record<string, string>>, environment: string): string => {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return `sha256:${sha256Hex(JSON.stringify([environment, sorted]))}`;
};
