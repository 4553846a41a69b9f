import { binary, call, column, integer, method } from "../python/tree.ts";
import type { MetricPrinter } from "./printer.ts";

/** The share of rows with fewer than `count` logits above the label's. */
export const top = (count: number): MetricPrinter => ({
  summands: ({ lines, output, target }) => {
    const rank = lines.let(
      "rank",
      () => {
        const own = call("jnp.take_along_axis", output, column(target), integer(-1));
        return method(binary(output, ">", own), "sum", integer(-1));
      },
      "[batch]",
    );
    return [{ name: `top${count}`, value: binary(rank, "<", integer(count)), shape: [] }];
  },
  finish: ({ sum, rows }) => binary(sum(`top${count}`), "/", rows),
});
