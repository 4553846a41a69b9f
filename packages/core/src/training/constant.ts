import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { role } from "../nodes/role.ts";
import { createSchedule, defineSchedule, type Schedule } from "./define-schedule.ts";

export const constantSchedule = defineSchedule({
  type: "constant",
  doc: "The same learning rate from the first step to the last.",
  parameters: z.strictObject({
    /** The learning rate. */
    value: role.dynamic(z.number().min(0)),
  }),
});

/** The same learning rate from the first step to the last; what a bare number means. */
export const constant = (value: number): Schedule =>
  createSchedule(constantSchedule, { value }, "constant", callSite(constant));
