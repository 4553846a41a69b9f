import { binary, call, integer, method } from "../python/tree.ts";
import type { MetricPrinter } from "./printer.ts";
import { squaredErrorSum } from "./squared-error.ts";

/** Root of the mean squared error over all rows and outputs. */
export const rmse: MetricPrinter = {
  summands: (context) => [squaredErrorSum(context)],
  finish: ({ sum, rows, outputs }) => {
    const total = sum("squared_error");
    return call("np.sqrt", binary(outputs === 1 ? total : method(total, "mean", integer(-1)), "/", rows));
  },
};
