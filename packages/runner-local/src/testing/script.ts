// node script.ts PYTHON: runs it attached to this process; prints the run's folder, then how it ended.
import { jobOf, plainRunner } from "./programs.ts";

const { runner } = await plainRunner();
const run = await runner.submit(jobOf(process.argv[2] ?? ""));
console.log(run.folder);
console.log((await run.result()).reason);
