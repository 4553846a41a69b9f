import { callSite } from "@flaxen/errors";
import { deepFreeze } from "../../document/json.ts";
import { type HeadType, type OwnMetricDocument, ownMetric } from "./forms.ts";
import { ownPartError } from "./refuse.ts";

/** A metric of the user's own: what a head's `metrics` take beside names. */
export interface OwnMetric<Name extends string = string, H extends HeadType = never> extends OwnMetricDocument {
  readonly name: Name;
  /** For the checker only. */
  readonly "~heads"?: (head: H) => void;
}

export interface MetricSpecification<Name extends string, H extends HeadType> {
  /** What a run reports it as: "price/within". */
  readonly name: Name;
  /** The types of heads that it can be used in. */
  readonly heads: readonly H[];
  /** One line for the catalogue. */
  readonly doc?: string;
  /** Whether it is better when smaller. @defaultValue false */
  readonly minimised?: boolean;
  /**
   * Names of what its function gives for every row, where that is more than one number. Their means over all rows are
   * what the second function is called with.
   */
  readonly sums?: readonly string[];
  /**
   * The source of one function or of two, which may use `jax`, `jnp`, `nnx` and `optax`, the second `np`.
   *
   * The first is called as `name(output, target)` with what `defineLoss` says and gives a number for every row, `[batch]`;
   * with `sums` a tuple of as many. The metric is its mean over the rows, so it is exact over batches of any size. The
   * second, where there is one, makes the metric of the mean, or of the means of `sums` in their order; these are NumPy
   * arrays of any shape, and it works on each number alone.
   */
  readonly python: string;
}

/**
 * A metric of the user's own, printed into train.py as it stands. Its Python is code that runs: documents that carry such
 * metrics are refused when they are read, unless their reader says `{ allowCode: true }`.
 *
 * @example
 * const within = defineMetric({
 *   name: "within",
 *   heads: ["regression"],
 *   python: `
 * def within(output, target):
 *     """1 where every value is at most 0.5 off: [batch, outputs] twice -> [batch]."""
 *     return (jnp.abs(output - target) <= 0.5).all(-1)
 * `,
 * });
 * head.regression(features, { metrics: ["rmse", within] }) // event.metrics["val/price/within"]
 */
export const defineMetric = <const Name extends string, const H extends HeadType>(
  specification: MetricSpecification<Name, H>,
): OwnMetric<Name, H> => {
  const site = callSite(defineMetric);
  const python = specification?.python;
  const given = { ...specification, python: typeof python === "string" ? `${python.trim()}\n` : python };
  const checked = ownMetric.safeParse(given, { reportInput: true });
  if (checked.success) return deepFreeze(checked.data) as OwnMetric<Name, H>;
  const known = Object.keys(ownMetric.shape);
  throw ownPartError("defineMetric", checked.error.issues[0]!, { known, name: specification?.name, site });
};
