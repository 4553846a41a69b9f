import { type HeadDefinition, heads } from "@flaxen/core";
import { classification } from "./classification.ts";
import type { HeadPrinter } from "./printer.ts";
import { regression } from "./regression.ts";

/** How every type of head prints. */
const printers = { classification, regression } satisfies Record<keyof typeof heads, HeadPrinter>;

export const headPrinter = (type: string): HeadPrinter => printers[type as keyof typeof printers];

export const headDefinition = (type: string): HeadDefinition<any> => heads[type as keyof typeof heads];
