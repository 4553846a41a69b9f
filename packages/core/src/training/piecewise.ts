import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";

export const piecewiseSchedule = defineSchedule({
  type: "piecewise",
  doc: "One learning rate after another, each from a step on.",
  parameters: z.strictObject({
    rates: role.dynamic(z.array(z.number().min(0)).min(1).max(50)),
    from: role.dynamic(z.array(z.int().min(1)).max(49)),
  }),
  check: ({ rates, from }) => {
    if (from.length !== rates.length - 1)
      return `from needs one step for each learning rate but the first: ${rates.length - 1}, but it has ${from.length}`;
    return from.some((step, i) => i > 0 && step <= from[i - 1]!) ? "the steps in from must rise" : undefined;
  },
});

export interface PiecewiseOptions {
  /** One learning rate after another: [0.1, 0.01, 0.001]. */
  readonly rates: readonly number[];
  /** The steps from which on each but the first holds: [1000, 2000]. */
  readonly from: readonly number[];
}

/** One learning rate after another, each from a step on. */
export const piecewise = (options: PiecewiseOptions): Schedule =>
  createSchedule(piecewiseSchedule, options, "piecewise", callSite(piecewise));
