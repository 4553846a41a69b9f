import { arrays } from "./arrays.ts";
import { digits } from "./digits.ts";
import { idx } from "./idx.ts";
import { images } from "./images.ts";
import { mnist } from "./mnist.ts";
import type { DataPrinter } from "./printer.ts";
import { rows } from "./rows.ts";
import { csv, parquet } from "./table.ts";
import { text } from "./text.ts";

/** What every kind of data puts into config.json. */
const printers: Readonly<Record<string, DataPrinter>> = {
  arrays,
  csv,
  digits,
  idx,
  images,
  mnist,
  parquet,
  rows,
  text,
};

export const dataPrinter = (type: string): DataPrinter => printers[type]!;
