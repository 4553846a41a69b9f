import type { SchedulePrinter } from "./printer.ts";

export const constant: SchedulePrinter = { keys: { value: "learning_rate" } };
