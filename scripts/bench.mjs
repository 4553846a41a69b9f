// npm run bench [-- NAME…] [--json]
import { build, node } from "./workspace.mjs";

build();
process.exit(node(["bench/main.ts", ...process.argv.slice(2)]));
