import { arrays } from "./arrays.ts";
import { csv } from "./csv.ts";
import { digits } from "./digits.ts";
import { idx } from "./idx.ts";
import { mnist } from "./mnist.ts";
import type { DataPrinter } from "./printer.ts";

/** What every kind of data puts into config.json. */
const printers: Readonly<Record<string, DataPrinter>> = { arrays, csv, digits, idx, mnist };

export const dataPrinter = (type: string): DataPrinter => printers[type]!;
