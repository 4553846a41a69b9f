import type { Fits, Op, Then } from "../../graph/op.ts";
import type { Method } from "../definition.ts";
import { isProblem } from "../problem.ts";
import { type Body, type Branch, readBranch, type Through } from "./body.ts";

/** Makes no node of its own: the block's operations follow, with weights of their own at each application. */
export const pipe: Method = {
  name: "pipe",
  doc: "Applies a block or a function.",
  functions: "branch",
  step(args, site) {
    const branch = readBranch("pipe", "block", args[0], site);
    if (isProblem(branch)) return branch;
    return { name: "pipe", site, apply: (input, at) => branch(input, site ?? at) };
  },
};

export interface Pipe<B> extends Op {
  readonly is: ["pipe", B];
  readonly out: Through<B, this["in"]>;
}

export interface PipeMethod {
  /**
   * Applies a block or a function.
   *
   * @example x.pipe(graph.dense(128).relu())
   */
  pipe<Self, B extends Branch<Self>>(this: Self, block: Fits<Self, Pipe<Body<B>>, B>): Then<Self, Pipe<Body<B>>>;
}
