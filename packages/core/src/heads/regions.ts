import * as z from "zod";
import { role } from "../nodes/role.ts";
import { type Shape, show, type Value } from "../shapes/index.ts";

/** Losses that compare what positions are predicted to be of a class with those that are: of features with positions only. */
export const regionLosses = ["dice", "jaccard", "tversky"] as const;

export const regionParameters = {
  smooth: role.dynamic(z.number().positive()).optional(),
  alpha: role.dynamic(z.number().min(0)).optional(),
  beta: role.dynamic(z.number().min(0)).optional(),
};

export const regionOptions = {
  dice: { smooth: 1 },
  jaccard: { smooth: 1 },
  tversky: { smooth: 1, alpha: 0.3, beta: 0.7 },
};

export interface RegionOptions {
  /** For "dice", "jaccard" and "tversky": added above and below, so that a class that is nowhere counts. @defaultValue 1 */
  readonly smooth?: number;
  /** For "tversky": what a position counts that is wrongly predicted to be of a class. @defaultValue 0.3 */
  readonly alpha?: number;
  /** For "tversky": what a position of a class counts that is not predicted to be. @defaultValue 0.7 */
  readonly beta?: number;
}

/** Rows alone have no regions. */
export const regionProblem = ({ shape }: Value, loss: unknown): string | undefined =>
  shape.length === 2 && (regionLosses as readonly unknown[]).includes(loss)
    ? `minimises ${loss} for features [batch, ..., features], but its features are ${show(shape as Shape)}`
    : undefined;
