import type { schedules } from "@flaxen/core";
import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import type { SchedulePrinter } from "./printer.ts";
import { warmupCosine } from "./warmup-cosine.ts";

/** How every schedule prints. */
const printers = { constant, cosine, warmupCosine } satisfies Record<keyof typeof schedules, SchedulePrinter>;

export const schedulePrinter = (type: string): SchedulePrinter => printers[type as keyof typeof printers];
