import { accuracy } from "./accuracy.ts";
import type { MetricPrinter } from "./printer.ts";
import { r2 } from "./r2.ts";
import { rmse } from "./rmse.ts";
import { top } from "./top.ts";

const metrics: Readonly<Record<string, MetricPrinter>> = { accuracy, r2, rmse };

/** How a metric of a head prints; `top3` stands for every `top` and a number. */
export const metricPrinter = (metric: string): MetricPrinter => {
  const printer = /^top\d+$/.test(metric) ? top(Number(metric.slice(3))) : metrics[metric];
  if (!printer) throw new TypeError(`no metric "${metric}"`);
  return printer;
};
