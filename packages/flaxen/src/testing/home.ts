import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { flaxenHome } from "@flaxen/runner-local";
import { afterAll } from "vitest";

/** A FLAXEN_HOME of its own for a test file's runs, with the environments and the compile cache of the real one. */
export const temporaryHome = (): string => {
  const home = mkdtempSync(join(tmpdir(), "flaxen-home-"));
  for (const shared of ["environments", "cache"]) {
    const real = join(flaxenHome(), shared);
    mkdirSync(real, { recursive: true, mode: 0o700 });
    symlinkSync(real, join(home, shared));
  }
  // A run that was just cancelled may still be writing its last lines.
  afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return home;
};
