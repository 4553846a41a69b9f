import { arrays } from "./arrays.ts";
import { csv } from "./csv.ts";
import type { dataDefinitions } from "./definitions.ts";
import { digits } from "./digits.ts";
import { idx } from "./idx.ts";
import { images } from "./images.ts";
import { mnist } from "./mnist.ts";
import { parquet } from "./parquet.ts";
import { rows } from "./rows.ts";
import { text } from "./text.ts";

/** What a model learns from. */
export const data = { arrays, csv, digits, idx, images, mnist, parquet, rows, text } satisfies Record<
  keyof typeof dataDefinitions,
  unknown
>;
