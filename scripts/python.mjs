// node scripts/python.mjs TOOL ARGUMENTS…: a tool of the development environment (python, pytest, ruff).
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { install, root, run } from "./workspace.mjs";

install();
const [tool, ...args] = process.argv.slice(2);
const found = spawnSync(
  join(root, "node_modules/node/bin/node"),
  ["--conditions=@flaxen/source", "scripts/environment.ts", "dev", "--print"],
  { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
);
if (found.status !== 0) process.exit(found.status ?? 1);
process.exit(run(join(dirname(found.stdout.trim()), tool), args));
