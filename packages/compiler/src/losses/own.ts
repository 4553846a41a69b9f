import { functionsIn, type Json, type OwnLossDocument } from "@flaxen/core";
import { keywordOf, literal } from "../python/json-literal.ts";
import { call, type Expression, integer, name, string } from "../python/tree.ts";
import type { LossPrinter } from "./printer.ts";

/** The parameter that a number of an own loss is among the hyperparameters. */
export const ownParameter = (key: string): string => `loss.${key}`;

const sorted = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** A loss of the user's own: its function stands in train.py as it was written. */
export const ownLoss =
  ({ python, options, hyperparameters }: OwnLossDocument): LossPrinter =>
  ({ output, target, weight, hyperparameter }) => {
    const [callee] = functionsIn(python) as readonly [string];
    const given: readonly (readonly [string, Expression])[] = [
      ...sorted(options).map(([key, value]) => [key, literal(value as Json)] as const),
      ...sorted(hyperparameters).map(([key]) => [key, hyperparameter(ownParameter(key))] as const),
    ];
    const value: Expression = {
      kind: "call",
      callee: name(callee),
      args: [
        { value: output },
        { value: target },
        ...given.map(([key, value]) => ({ keyword: keywordOf(key), value })),
      ],
    };
    return perRow(value, weight, callee);
  };

/**
 * `run.per_row(value, weight, "lopsided")`: the value, refused where it is not one number for each row.
 *
 * @param count of how many such it is a tuple; 0 where it is none
 */
export const perRow = (value: Expression, weight: Expression, callee: string, count = 0): Expression =>
  call("run.per_row", value, weight, string(callee), ...(count > 0 ? [{ count: integer(count) }] : []));
