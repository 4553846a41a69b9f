import type { optimizers } from "@flaxen/core";
import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import type { OptimizerPrinter } from "./printer.ts";
import { sgd } from "./sgd.ts";

/** How every optimizer prints. */
const printers = { adam, adamw, sgd } satisfies Record<keyof typeof optimizers, OptimizerPrinter>;

export const optimizerPrinter = (type: string): OptimizerPrinter => printers[type as keyof typeof printers];
