import { type HeadDefinition, heads } from "@flaxen/core";
import { binary } from "./binary.ts";
import { classification } from "./classification.ts";
import { multiLabel } from "./multi-label.ts";
import { nextToken } from "./next-token.ts";
import type { HeadPrinter } from "./printer.ts";
import { reconstruction } from "./reconstruction.ts";
import { regression } from "./regression.ts";

/** How every type of head prints. */
const printers = { classification, binary, multiLabel, regression, reconstruction, nextToken } satisfies Record<
  keyof typeof heads,
  HeadPrinter
>;

export const headPrinter = (type: string): HeadPrinter => printers[type as keyof typeof printers];

export const headDefinition = (type: string): HeadDefinition<any> => heads[type as keyof typeof heads];
