// npm run zoo [-- NAME…]: trains the models of examples/zoo and compares what they reach with what they promise.
import { install, node } from "./workspace.mjs";

install();
process.exit(node(["--conditions=@flaxen/source", "scripts/zoo.ts", ...process.argv.slice(2)]));
