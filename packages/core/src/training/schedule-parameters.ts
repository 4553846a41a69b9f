import * as z from "zod";
import { role } from "../nodes/role.ts";

/** A learning rate. */
export const rate = role.dynamic(z.number().min(0));

/** A number of steps that may be none. */
export const steps = role.dynamic(z.int().min(0));

/** A number of steps that is divided by. */
export const period = role.dynamic(z.int().min(1));

/** What a period is counted in; steps where it is not said. */
export const unit = role.structure(z.enum(["steps", "epochs"])).optional();
