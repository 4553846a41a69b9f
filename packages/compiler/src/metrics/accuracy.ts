import { binary, integer, method } from "../python/tree.ts";
import type { MetricPrinter } from "./printer.ts";

/** The share of rows whose highest logit is the label's. */
export const accuracy: MetricPrinter = {
  summands: ({ output, target }) => [
    { name: "accuracy", value: binary(method(output, "argmax", integer(-1)), "==", target), shape: [] },
  ],
  finish: ({ sum, rows }) => binary(sum("accuracy"), "/", rows),
};
