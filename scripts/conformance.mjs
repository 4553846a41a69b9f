// npm run conformance [-- FILTER…]: what every runner promises, checked on the local one and through a byte stream.
import { install, node } from "./workspace.mjs";

install();
process.exit(node(["--conditions=@flaxen/source", "scripts/conformance.ts", ...process.argv.slice(2)]));
