import type { GraphNode } from "../../graph/graph-node.ts";
import { graphNode } from "../../graph/graph-node.ts";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Typed } from "../../graph/tensor.ts";
import { type SameShape, type Show, sameShape, show } from "../../shapes/index.ts";
import type { Method } from "../definition.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { add } from "../math/add.ts";
import { isProblem, type Problem, problem, within } from "../problem.ts";
import { type Body, type Branch, readBranch, type Through } from "./branch.ts";

const mustKeep = (input: GraphNode, out: GraphNode): Problem | undefined => {
  const turns = (from: string, to: string) => `residual: the branch turns ${from} into ${to}`;
  const { shape, dtype } = input;
  if (!sameShape(shape, out.shape))
    return problem({ error: ShapeError, node: "residual", sentence: turns(show(shape), show(out.shape)) });
  if (dtype !== out.dtype) return problem({ error: DTypeError, node: "residual", sentence: turns(dtype, out.dtype) });
  return undefined;
};

/** The branch's operations and one `add`. */
export const residual: Method = {
  name: "residual",
  doc: "x + branch(x); the branch keeps the shape.",
  step(args, site) {
    const branch = readBranch("residual", "branch", args[0], site);
    if (isProblem(branch)) return branch;
    return {
      name: "residual",
      site,
      apply(input, at) {
        const out = branch(input, site ?? at);
        if (isProblem(out)) return within("residual", out);
        const misfit = mustKeep(input, out);
        if (misfit) return { ...misfit, site };
        const { shape, dtype } = input;
        return graphNode({ type: add.name, params: {}, inputs: [input, out], shape, dtype, site });
      },
    };
  },
};

export interface Residual<B> extends Op {
  readonly is: ["residual", B];
  readonly out: Kept<Through<B, this["in"]>, this["in"]>;
}
/** `unknown` comes from `any`, and from functions whose parameter is still being typed. */
type Kept<Out, T> = unknown extends Out
  ? T
  : Out extends string
    ? `residual: ${Out}`
    : T extends Typed<infer S, infer D>
      ? Out extends Typed<infer S2, infer D2>
        ? SameShape<S, S2> extends true
          ? D extends D2
            ? T
            : `residual: the branch turns ${D} into ${D2}`
          : `residual: the branch turns ${Show<S>} into ${Show<S2>}`
        : "residual: the branch does not return a tensor"
      : never;

export interface ResidualMethod {
  /**
   * x + branch(x); the branch keeps the shape.
   *
   * @example x.residual(graph.conv2d(64, { kernel: 3 }).relu())
   */
  residual<Self, B extends Branch<Self>>(
    this: Self,
    branch: Fits<Self, Residual<Body<B>>, B>,
  ): Then<Self, Residual<Body<B>>>;
}
