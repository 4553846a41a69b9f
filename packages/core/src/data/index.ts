import { arrays } from "./arrays.ts";
import { csv } from "./csv.ts";
import type { dataDefinitions } from "./definitions.ts";
import { digits } from "./digits.ts";
import { idx } from "./idx.ts";
import { mnist } from "./mnist.ts";

/** What a model learns from. */
export const data = { arrays, csv, digits, idx, mnist } satisfies Record<keyof typeof dataDefinitions, unknown>;
