import * as z from "zod";
import { limits } from "../document/limits.ts";

/** How many of something: at least one. */
export const size = z
  .int({ error: ({ code }) => (code === "invalid_type" ? "must be a whole number" : undefined) })
  .min(1)
  .max(limits.size);

/** A name that a user chose: it becomes a Python identifier and part of metric names and files. */
export const userName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
  error: "must be a letter, then letters, digits and _ (64 at most)",
});
