// npm test [-- FILTER]: all set-up, then everything; with a filter, the tests whose file or name holds it.
import { install, node } from "./workspace.mjs";

install();
process.exit(node(["--conditions=@flaxen/source", "scripts/test.ts", ...process.argv.slice(2)]));
