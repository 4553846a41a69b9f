import { graphNode } from "../../graph/graph-node.ts";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Method } from "../definition.ts";
import { add } from "../math/add.ts";
import { isProblem, within } from "../problem.ts";
import { type Body, type Branch, readBranch, type Through } from "./body.ts";
import { changed, type Kept, kept } from "./kept.ts";

/** The branch's operations and one `add`. */
export const residual: Method = {
  name: "residual",
  doc: "x + branch(x); the branch keeps the shape.",
  functions: "branch",
  step(args, site) {
    const branch = readBranch("residual", "branch", args[0], site);
    if (isProblem(branch)) return branch;
    return {
      name: "residual",
      site,
      apply(input, at) {
        const out = branch(input, site ?? at);
        if (isProblem(out)) return within("residual", out);
        const misfit = changed("residual", "branch", input, out);
        if (misfit) return { ...misfit, site };
        return graphNode({ type: add.name, params: {}, inputs: [input, out], ...kept(input, out), site });
      },
    };
  },
};

export interface Residual<B> extends Op {
  readonly is: ["residual", B];
  readonly out: Kept<"residual", "branch", Through<B, this["in"]>, this["in"]>;
}

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
