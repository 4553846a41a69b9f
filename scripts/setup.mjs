// npm run setup: packages, build, Python environments. Everything else calls it; nothing needs it first.
import { build, node } from "./workspace.mjs";

build();
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : ["base"]) {
  const code = node(["--conditions=@flaxen/source", "scripts/environment.ts", name]);
  if (code !== 0) process.exit(code);
}
