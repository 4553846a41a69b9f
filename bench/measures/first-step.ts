import type { local } from "@flaxen/runner-local";
import { adam, data, train } from "flaxen";
import type { Digits } from "../harness/digits.ts";
import { digitsMlp } from "./tasks.ts";

/** One training as the bench asks for it. */
export interface Request {
  readonly runner: ReturnType<typeof local>;
  readonly digits: Digits;
  /** Another one is the same program. @defaultValue 1e-3 */
  readonly learningRate?: number;
  /** Of both hidden layers: another number is another program. @defaultValue 128 */
  readonly units?: number | undefined;
}

export interface FirstStep {
  /** From the call of `train`, the model made anew, to the first step's event. */
  readonly milliseconds: number;
  /** Whether the worker had run the program before. */
  readonly warm: boolean;
}

/** Trains the digits MLP for an epoch, to its end. `onFirstStep` is called on the way. */
export const firstStep = async (
  { runner, digits, learningRate = 1e-3, units }: Request,
  onFirstStep: () => void = () => {},
): Promise<FirstStep> => {
  const started = performance.now();
  const run = await train(digitsMlp(units), {
    data: data.arrays({ ...digits }),
    optimizer: adam({ learningRate }),
    epochs: 1,
    batchSize: 32,
    seed: 0,
    runner,
  });
  let milliseconds: number | undefined;
  let warm = false;
  for await (const event of run) {
    if (event.type === "device.info") warm = event.warm;
    if (event.type !== "step" || milliseconds !== undefined) continue;
    milliseconds = performance.now() - started;
    onFirstStep();
  }
  await run.result();
  if (milliseconds === undefined) throw new Error("the run ended without a step.");
  return { milliseconds, warm };
};
