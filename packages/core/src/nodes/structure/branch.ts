import type { Site } from "@flaxen/errors";
import type { GraphNode } from "../../graph/graph-node.ts";
import type { Fits, Then } from "../../graph/op.ts";
import { ParameterError } from "../errors.ts";
import { isPlain, shown } from "../parameters.ts";
import { isProblem, type Problem, problem, within } from "../problem.ts";
import { type Body, type BranchItem, type Passage, readBranch } from "./body.ts";
import type { Pipe } from "./pipe.ts";

/** What `branch` does to a tensor: a node for each name. Functions among the branches were already called. */
export const readNamedBranches = (
  args: readonly unknown[],
  site: Site | undefined,
): ((input: GraphNode) => Readonly<Record<string, GraphNode>> | Problem) | Problem => {
  const refuse = (sentence: string) => problem({ error: ParameterError, node: "branch", sentence, site });
  const [given, ...more] = args;
  if (!isPlain(given))
    return refuse(`branch: branches must be an object of blocks or functions, but it is ${shown(given)}`);
  if (Object.keys(given).length === 0) return refuse("branch: branches must be at least one, but there is none");
  if (more.length) return refuse(`branch takes 1 argument, but it has ${1 + more.length}`);
  const passages: [string, Passage][] = [];
  for (const [name, one] of Object.entries(given)) {
    const passage = readBranch("branch", name, one, site);
    if (isProblem(passage)) return passage;
    passages.push([name, passage]);
  }
  return (input) => {
    const outs: Record<string, GraphNode> = {};
    for (const [name, passage] of passages) {
      const out = passage(input, site);
      if (isProblem(out)) return within(`branch: ${name}`, out);
      outs[name] = out;
    }
    return outs;
  };
};

/** Several tensors are no block. */
type OnTensor<Self> = Self extends { readonly ops: any }
  ? "branch gives several tensors, which no block can: use parallel, or call it inside of a function"
  : Self;

type Fitting<Self, Branches> = {
  readonly [K in keyof Branches]: [Body<Branches[K]>] extends [never]
    ? `branch: ${K & string} must be a block, or a function that returns what comes out`
    : Fits<Self, Pipe<Body<Branches[K]>>, unknown> extends infer Sentence extends string
      ? `branch: ${K & string}: ${Sentence}`
      : unknown;
};

export interface BranchMethod {
  /**
   * Several tensors from one, each by a block or a function of its own.
   *
   * A block cannot end in several tensors; where they are joined again, `parallel` does both.
   *
   * @example const { mean, spread } = x.branch({ mean: graph.dense(8), spread: graph.dense(8).softplus() });
   * // [batch, 64] -> two of [batch, 8]
   */
  branch<Self, B extends Readonly<Record<string, BranchItem<Self>>>>(
    this: OnTensor<Self>,
    branches: B & Fitting<Self, B>,
  ): { readonly [K in keyof B]: Then<Self, Pipe<Body<B[K]>>> };
}
