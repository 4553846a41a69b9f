// npm run fuzz [-- --cases N]: a million hostile values, in documents and as literals of the emitted Python.
import { install, node } from "./workspace.mjs";

install();
process.exit(node(["--conditions=@flaxen/source", "scripts/fuzz.ts", ...process.argv.slice(2)]));
