// node train-attached.ts HOME: starts a run that would take minutes, prints its folder, and goes on with it.
import { data } from "@flaxen/core";
import { train } from "../training/train.ts";
import { digitsModel } from "./models.ts";
import { testRunner } from "./runner.ts";

const run = await train(digitsModel(), {
  data: data.digits(),
  epochs: 100_000,
  batchSize: 8,
  runner: testRunner(process.argv[2]),
});
console.log(run.folder);
await run.result();
