import { join } from "node:path";
import { temporaryFolder } from "@flaxen/runner/conformance";
import { local } from "../local.ts";
import type { LocalOptions } from "../options/local-options.ts";
import { findPython } from "../python/find-python.ts";

export { allGone, collect, isAlive, jobOf, temporaryFolder, until, workerOf } from "@flaxen/runner/conformance";

/** A runner whose workers need nothing but the standard library: any Python is environment enough. */
export const plainRunner = async (options: LocalOptions = {}) => {
  const folder = await temporaryFolder();
  const { executable } = await findPython();
  const home = join(folder, "home");
  return {
    folder,
    home,
    runner: local({ root: join(folder, "runs"), home, environment: executable, warm: false, ...options }),
  };
};
