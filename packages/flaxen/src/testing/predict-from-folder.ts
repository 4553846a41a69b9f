// node predict-from-folder.ts FOLDER: loads a trained model, predicts one row of zeros, prints the probabilities.
import { load } from "../trained/load.ts";
import { digitsExperiment } from "./models.ts";
import { testRunner } from "./runner.ts";

const trained = await load(process.argv[2] as string, { as: digitsExperiment(), runner: testRunner() });
const { digit } = await trained.predict({ image: new Float32Array(64) });
console.log(JSON.stringify([...digit.probabilities.data]));
