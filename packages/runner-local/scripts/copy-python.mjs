// Before packing: the published package carries the supervisor and the lock files in `python/`; --remove after packing.
import { cpSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const folder = dirname(import.meta.dirname);
const shipped = (path) => !/^(test_.*|conftest\.py|__pycache__|.*\.(in|sh|constraints))$|^dev[-.]/.test(basename(path));

rmSync(join(folder, "python"), { recursive: true, force: true });
for (const name of process.argv.includes("--remove") ? [] : ["flaxen_supervisor", "environments"]) {
  cpSync(join(folder, "..", "..", "python", name), join(folder, "python", name), { recursive: true, filter: shipped });
}
