import { functionsIn, type OwnMetricDocument } from "@flaxen/core";
import { perRow } from "../losses/own.ts";
import { snakeCase } from "../python/names.ts";
import { binary, call, type Expression, integer, name as named } from "../python/tree.ts";
import type { MetricPrinter } from "./printer.ts";

/** A metric of the user's own: its functions stand in train.py as they were written. */
export const ownMetric = ({ name, python, sums }: OwnMetricDocument): MetricPrinter => {
  const [each, finish] = functionsIn(python) as readonly [string, string?];
  // No sum of another metric has a slash in its name.
  const keys = sums.length === 0 ? [`${name}/sum`] : sums.map((sum) => `${name}/${sum}`);
  return {
    summands: ({ lines, output, target, weight }) => {
      const value = perRow(call(named(each), output, target), weight, each, sums.length);
      if (sums.length === 0) return [{ name: keys[0]!, value, shape: [] }];
      const rows = lines.let(`${snakeCase(name)}_rows`, () => value, `${sums.length} of [batch]`);
      const part = (place: number): Expression => ({ kind: "subscript", value: rows, index: integer(place) });
      return keys.map((key, place) => ({ name: key, value: part(place), shape: [] }));
    },
    finish: ({ sum, rows }) => {
      const means = keys.map((key) => binary(sum(key), "/", rows));
      return finish === undefined ? means[0]! : call(named(finish), ...means);
    },
  };
};
