import type { TensorOf, Typed } from "../../graph/tensor.ts";
import { type SameShape, type Shape, type Show, sameShape, show, unknownSize, type Value } from "../../shapes/index.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { type Problem, problem } from "../problem.ts";

/** The problem of a body that must give the shape and dtype that it gets. */
export const changed = (node: string, port: string, given: Value, out: Value): Problem | undefined => {
  const turns = (from: string, to: string) => `${node}: the ${port} turns ${from} into ${to}`;
  if (!sameShape(given.shape, out.shape))
    return problem({ error: ShapeError, node, sentence: turns(show(given.shape), show(out.shape)) });
  if (given.dtype !== out.dtype) return problem({ error: DTypeError, node, sentence: turns(given.dtype, out.dtype) });
  return undefined;
};

/** What comes out of a body that keeps the shape: where it may have stretched an axis of size 1, the size is unknown. */
export const kept = ({ shape, dtype }: Value, out: Value): Value => ({
  shape: shape.map((dim, axis) => (dim === 1 && out.shape[axis] === unknownSize ? unknownSize : dim)),
  dtype,
});

/** What comes out of several repetitions: where the body does not tell that it keeps a size, the size is unknown. */
export const repeated = ({ shape, dtype }: Value, out: Value): Value => ({
  shape: shape.map((dim, axis) => (out.shape[axis] === unknownSize ? unknownSize : dim)),
  dtype,
});

/** The same in types, of one application or of several. `unknown` comes from `any`, and from functions whose parameter is still being typed. */
export type Kept<Node extends string, Port extends string, Out, T, Often extends boolean = false> = unknown extends Out
  ? T
  : Out extends string
    ? `${Node}: ${Out}`
    : T extends Typed<infer S, infer D>
      ? Out extends Typed<infer S2, infer D2>
        ? SameShape<S, S2> extends true
          ? D extends D2
            ? S2[] extends S[]
              ? T
              : TensorOf<Often extends true ? Repeated<S, S2> : Stretched<S, S2>, D>
            : `${Node}: the ${Port} turns ${D} into ${D2}`
          : `${Node}: the ${Port} turns ${Show<S>} into ${Show<S2>}`
        : `${Node}: the ${Port} does not return a tensor`
      : never;
type Stretched<S extends Shape, S2 extends Shape> = {
  -readonly [K in keyof S]: S[K] extends 1
    ? K extends keyof S2
      ? number extends S2[K]
        ? number
        : S[K]
      : S[K]
    : S[K];
};
type Repeated<S extends Shape, S2 extends Shape> = {
  -readonly [K in keyof S]: K extends keyof S2 ? (number extends S2[K] ? number : S[K]) : S[K];
};
