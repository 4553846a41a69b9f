import { callSite, FlaxenError } from "@flaxen/errors";
import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Value } from "../../shapes/index.ts";
import { userName } from "../schemas.ts";
import { definedIn, pythonSource } from "./python-source.ts";

/** A part of the user's own is not what `defineLayer` needs. */
export class OwnPartError extends FlaxenError {
  static override readonly code = "own-part";
}

/** The rule of a layer that keeps shape and dtype. */
export interface SameAsInput extends Op {
  readonly is: ["layer"];
  readonly out: this["in"];
}
/** The rule of a layer of which types know nothing: a tensor of unknown rank. */
export interface AnyOutput extends Op {
  readonly is: ["layer", unknown];
  readonly out: Tensor;
}

export interface LayerSpecification<S extends z.ZodObject> {
  /** What messages and documents call it. */
  readonly name: string;
  /** One line for the catalogue. */
  readonly doc?: string;
  /** Its options. Without it there are none. */
  readonly parameters?: S;
  /** Takes any options, in place of `parameters`. @defaultValue false */
  readonly anyOptions?: boolean;
  /** Shape and dtype of the output, or one sentence that says what is wrong. Without it both stay. */
  infer?(input: Value, options: z.output<S>): Value | string;
  /** Sizes of its `nnx.Param` attributes, by their names. Without it there are none. */
  weights?(input: Value, options: z.output<S>): Readonly<Record<string, readonly number[]>>;
  /**
   * The source of one class, an `nnx.Module`, which may use `jax`, `jnp` and `nnx`.
   *
   * It is made as `Name(features, option=…, rngs=rngs)`: `features` is the size of its input's last axis, options are in
   * snake_case. It is called with a batch, and with `train=` where its `__call__` has that argument.
   */
  readonly python: string;
}

/** A layer of the user's own: what `x.layer(…)` takes. */
export interface OwnLayer<S extends z.ZodObject = z.ZodObject, R extends Op = Op> {
  readonly kind: "layer";
  readonly name: string;
  readonly doc: string;
  readonly parameters: S;
  readonly python: string;
  readonly infer: (input: Value, options: any) => Value | string;
  readonly weights: (input: Value, options: any) => Readonly<Record<string, readonly number[]>>;
  /** The same layer with a shape rule in types: `mine.typed<Halve>()`. */
  typed<Rule extends Op>(): OwnLayer<S, Rule>;
  /** For the checker only. */
  readonly "~rule"?: R;
}

const form = z.strictObject({
  name: userName,
  doc: z.string().max(500),
  python: pythonSource,
});

/**
 * A layer of the user's own, printed into model.py as it stands. Its Python is code that runs: documents that carry such
 * layers are refused when they are read, unless their reader says `{ allowCode: true }`.
 *
 * @example
 * const scale = defineLayer({
 *   name: "scale",
 *   parameters: z.strictObject({ by: z.number() }),
 *   python: `
 * class Scale(nnx.Module):
 *     def __init__(self, features, *, by, rngs):
 *         self.by = by
 *
 *     def __call__(self, x):
 *         return self.by * x
 * `,
 * });
 * x.layer(scale, { by: 2 }) // [batch, 64] stays
 */
export const defineLayer = <
  S extends z.ZodObject = z.ZodObject<{}, z.core.$strict>,
  const Spec extends LayerSpecification<S> = LayerSpecification<S>,
>(
  specification: Spec & LayerSpecification<S>,
): OwnLayer<
  Spec extends { anyOptions: true } ? z.ZodObject : S,
  Spec extends { infer: (...given: any) => unknown } ? AnyOutput : SameAsInput
> => {
  const site = callSite(defineLayer);
  const { name, doc = `The user's own ${name}.`, python } = specification;
  const checked = form.safeParse({ name, doc, python });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new OwnPartError(`defineLayer: ${String(issue!.path[0])} ${issue!.message}`, { site });
  }
  if (definedIn(python) === undefined)
    throw new OwnPartError(`defineLayer: the Python of "${name}" must define one class at its left margin`, { site });
  const usual = specification.anyOptions === true ? z.looseObject({}) : z.strictObject({});
  const layer: OwnLayer<S, any> = Object.freeze({
    kind: "layer" as const,
    name,
    doc,
    python: `${python.trim()}\n`,
    parameters: (specification.parameters ?? usual) as unknown as S,
    infer: specification.infer ?? ((input: Value) => input),
    weights: specification.weights ?? (() => ({})),
    typed: () => layer as OwnLayer<S, any>,
  });
  return layer as OwnLayer<any, any>;
};
