// node predict-attached.ts HOME: trains a moment, predicts, says so, and waits.
import { setTimeout as sleep } from "node:timers/promises";
import { train } from "../training/train.ts";
import { digitsExperiment } from "./models.ts";
import { testRunner } from "./runner.ts";

const run = await train(digitsExperiment(1), { runner: testRunner(process.argv[2]) });
const trained = await run.result();
await trained.predict({ image: new Float32Array(64) });
console.log("predicted");
await sleep(600_000);
