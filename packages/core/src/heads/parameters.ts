import { z } from "zod";
import { role } from "../nodes/role.ts";

/** Parameters of every head. */
export const headParameters = (losses: readonly [string, ...string[]]) => ({
  /** What is minimised. */
  loss: role.structure(z.enum(losses)),
  metrics: role
    .structure(z.array(z.string()))
    .refine((names) => new Set(names).size === names.length, "expected each metric once")
    .default([]),
  /** Share of the model's loss; 1 where none is given. */
  weight: role.dynamic(z.number().min(0)).optional(),
});
