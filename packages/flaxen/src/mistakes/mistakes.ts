import { building } from "./building.ts";
import type { Mistake } from "./mistake.ts";
import { shapes } from "./shapes.ts";
import { training } from "./training.ts";

/** The mistakes that are commonly made, by where they are made. */
export const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  Shapes: shapes,
  "Building a model": building,
  "Training and predicting": training,
};
