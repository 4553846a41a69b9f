// npm run soak [-- --kills N] [--seed N]: runs that lose nothing, however often they are killed.
import { install, node } from "./workspace.mjs";

install();
process.exit(node(["--conditions=@flaxen/source", "scripts/soak.ts", ...process.argv.slice(2)]));
