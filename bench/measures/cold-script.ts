// node cold-script.ts HOME PYTHON DIGITS: trains the digits MLP in a home where nothing is cached yet, and prints a line
// at its first step.
import { local } from "@flaxen/runner-local";
import { readDigits } from "../harness/digits.ts";
import { firstStep } from "./first-step.ts";

const [home, environment, folder] = process.argv.slice(2);
const runner = local({ home, environment, warm: false });
await firstStep({ runner, digits: await readDigits(folder ?? "") }, () => console.log("first step"));
