// npm run quickstart: all set-up, then a small CNN on the real MNIST.
import { build, node } from "./workspace.mjs";

build();
process.exit(node(["examples/mnist.ts", ...process.argv.slice(2)]));
