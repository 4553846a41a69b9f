import type { Op, Then } from "../../graph/op.ts";
import type { Method } from "../definition.ts";
import { ParameterError } from "../errors.ts";
import { problem } from "../problem.ts";

/** Makes no node: the tensor itself comes out. */
export const identity: Method = {
  name: "identity",
  doc: "The tensor itself, for a branch that changes nothing.",
  step(args, site) {
    if (args.length === 0) return { name: "identity", site, apply: (input) => input };
    const sentence = `identity takes no arguments, but it has ${args.length}`;
    return problem({ error: ParameterError, node: "identity", sentence, site });
  },
};

export interface Identity extends Op {
  readonly is: ["identity"];
  readonly out: this["in"];
}

export interface IdentityMethod {
  /**
   * The tensor itself.
   *
   * @example big ? graph.dense(64) : graph.identity()
   */
  identity<Self>(this: Self): Then<Self, Identity>;
}
