import { callSite } from "@flaxen/errors";
import * as z from "zod";
import { deepFreeze } from "../../document/json.ts";
import { checkOptions, optionError } from "../../document/options.ts";
import { isPlain, shown } from "../../nodes/parameters.ts";
import { rolesOf } from "../../nodes/role.ts";
import { type HeadType, type OwnLossDocument, ownLoss } from "./forms.ts";
import { ownPartError } from "./refuse.ts";

/** A loss of the user's own with its options: what a head's `loss` takes. */
export interface OwnLoss<H extends HeadType = never> extends OwnLossDocument {
  /** For the checker only. */
  readonly "~heads"?: (head: H) => void;
}

type Given<S extends z.ZodObject> = {} extends z.input<S> ? [options?: z.input<S>] : [options: z.input<S>];

/** A loss of the user's own: called with its options it is what a head's `loss` takes. */
export interface OwnLossFunction<S extends z.ZodObject, H extends HeadType> {
  (...options: Given<S>): OwnLoss<H>;
  /** What messages and documents call it. */
  readonly name: string;
  readonly kind: "loss";
  readonly doc: string;
  readonly heads: readonly H[];
  readonly parameters: S;
  readonly python: string;
}

export interface LossSpecification<S extends z.ZodObject, H extends HeadType> {
  /** What messages and documents call it. */
  readonly name: string;
  /** The types of heads that it can be used in. */
  readonly heads: readonly H[];
  /** One line for the catalogue. */
  readonly doc?: string;
  /**
   * Its options. Without it there are none. Numbers whose role is dynamic may change without compiling again:
   * `z.strictObject({ over: role.dynamic(z.number().default(2)) })`.
   */
  readonly parameters?: S;
  /** Takes any options, in place of `parameters`. @defaultValue false */
  readonly anyOptions?: boolean;
  /** The numbers among any options that may change without compiling again. */
  readonly dynamic?: readonly string[];
  /**
   * The source of one function, which may use `jax`, `jnp`, `nnx` and `optax`.
   *
   * It is called as `name(output, target, option=…)` and gives the loss of every row, `[batch]`. Options are keyword
   * arguments in snake_case. What it compares, by the head:
   *
   * - regression, reconstruction: values and targets, both `[batch, …positions, outputs]`
   * - classification, nextToken: logits `[batch, …positions, classes]` and labels `[batch, …positions]`; with positions
   *   it gives a loss for each, and those that do not count are left out
   * - binary: logits and labels, both `[batch, …positions]`, likewise
   * - multiLabel: logits and 0 or 1, both `[batch, classes]`
   */
  readonly python: string;
}

const form = ownLoss.pick({ name: true, doc: true, heads: true, python: true }).extend({
  parameters: z.instanceof(z.ZodObject, { error: "must be what z.strictObject made" }).optional(),
  anyOptions: z.boolean().optional(),
  dynamic: z.array(z.string()).optional(),
});

/**
 * A loss of the user's own, printed into train.py as it stands. Its Python is code that runs: documents that carry such
 * losses are refused when they are read, unless their reader says `{ allowCode: true }`.
 *
 * @example
 * const lopsided = defineLoss({
 *   name: "lopsided",
 *   heads: ["regression"],
 *   parameters: z.strictObject({ over: role.dynamic(z.number().positive().default(2)) }),
 *   python: `
 * def lopsided(output, target, over):
 *     """Squared error, where too much counts \`over\` times: [batch, outputs] twice -> [batch]."""
 *     error = output - target
 *     return (jnp.where(error > 0, over, 1) * error**2).mean(-1)
 * `,
 * });
 * head.regression(features, { loss: lopsided({ over: 3 }) }) // features [batch, 64]
 */
export const defineLoss = <
  const H extends HeadType,
  S extends z.ZodObject = z.ZodObject<{}, z.core.$strict>,
  const Spec extends LossSpecification<S, H> = LossSpecification<S, H>,
>(
  specification: Spec & LossSpecification<S, H>,
): OwnLossFunction<Spec extends { anyOptions: true } ? z.ZodObject : S, H> => {
  const site = callSite(defineLoss);
  const source = specification?.python;
  const outcome = form.safeParse(
    { ...specification, python: typeof source === "string" ? `${source.trim()}\n` : source },
    { reportInput: true },
  );
  if (!outcome.success) {
    const known = Object.keys(form.shape);
    throw ownPartError("defineLoss", outcome.error.issues[0]!, { known, name: specification?.name, site });
  }
  const { name, doc, heads, python, anyOptions = false, dynamic = [] } = outcome.data;
  const parameters = specification.parameters ?? (anyOptions ? z.looseObject({}) : z.strictObject({}));
  const roles = rolesOf(parameters as z.ZodObject);
  const isDynamic = (key: string) => roles[key] === "dynamic" || dynamic.includes(key);

  const apply = (given: unknown = {}): OwnLoss<H> => {
    const place = callSite(apply);
    if (!isPlain(given)) throw optionError(name, `its options must be an object, but they are ${shown(given)}`, place);
    const options = anyOptions ? given : checkOptions(parameters as z.ZodObject, given, name, place);
    const entries = Object.entries(options).filter(([, value]) => value !== undefined);
    const numbers = entries.filter(([key, value]) => isDynamic(key) && typeof value === "number");
    const document = {
      name,
      ...(doc === undefined ? {} : { doc }),
      heads,
      python,
      options: Object.fromEntries(entries.filter((entry) => !numbers.includes(entry))),
      hyperparameters: Object.fromEntries(numbers),
    };
    const checked = ownLoss.safeParse(document, { reportInput: true });
    if (checked.success) return deepFreeze(checked.data) as OwnLoss<H>;
    throw ownPartError(name, checked.error.issues[0]!, { known: [], name, site: place });
  };
  Object.defineProperty(apply, "name", { value: name });
  return Object.freeze(
    Object.assign(apply, {
      kind: "loss",
      doc: doc ?? `The user's own ${name}.`,
      heads: Object.freeze([...heads]),
      parameters,
      python,
    }),
  ) as unknown as OwnLossFunction<any, H>;
};
