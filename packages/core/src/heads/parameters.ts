import * as z from "zod";
import { role } from "../nodes/role.ts";
import { userName } from "../nodes/schemas.ts";
import { ownLoss, ownMetric, scoreName } from "./own/forms.ts";

/** Parameters of every head. */
export const headParameters = (losses: readonly [string, ...string[]]) => ({
  /** What is minimised. */
  loss: role.structure(
    z.union([z.enum(losses), ownLoss], {
      error: `must be ${losses.map((name) => JSON.stringify(name)).join(" or ")}`,
    }),
  ),
  metrics: role
    .structure(z.array(z.union([z.string(), ownMetric], { error: "must be the name of a metric" })))
    .refine((scores) => new Set(scores.map(scoreName)).size === scores.length, "expected each metric once")
    .default([]),
  /** Share of the model's loss; 1 where none is given. */
  weight: role.dynamic(z.number().min(0)).optional(),
});

/** The input of the model that a head learns from. */
export const source = role.structure(userName);

export const classWeights = role
  .structure(
    z.union([z.array(z.number().min(0)), z.literal("balanced")], {
      error: 'must be a list of numbers of at least 0, or "balanced"',
    }),
  )
  .optional();
