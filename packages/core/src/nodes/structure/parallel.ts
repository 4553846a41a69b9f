import type { Site } from "@flaxen/errors";
import { type GraphNode, graphNode } from "../../graph/graph-node.ts";
import type { Apply, Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor } from "../../graph/tensor.ts";
import type { Method, NodeDefinition } from "../definition.ts";
import { ParameterError } from "../errors.ts";
import { inferNode } from "../infer-node.ts";
import { type Add, add } from "../math/add.ts";
import { type Multiply, multiply } from "../math/arithmetic.ts";
import { checkParameters, shown } from "../parameters.ts";
import { isProblem, type Problem, problem, within } from "../problem.ts";
import { type Concat, concat } from "../shape/concat.ts";
import { type Body, type BranchItem, type Passage, readBranch, type Through } from "./body.ts";

/** How what several branches give becomes one tensor. */
export type Merge = "add" | "concat" | "multiply";

const joins = { add, concat, multiply } satisfies Record<Merge, NodeDefinition>;

const refuse = (sentence: string, site: Site | undefined): Problem =>
  problem({ error: ParameterError, node: "parallel", sentence, site });

const readBranches = (given: unknown, site: Site | undefined): readonly Passage[] | Problem => {
  if (!Array.isArray(given) || given.length === 0)
    return refuse(`parallel: branches must be a list of blocks or functions, but it is ${shown(given)}`, site);
  const passages: Passage[] = [];
  for (const [place, branch] of given.entries()) {
    const read = readBranch("parallel", `branches[${place}]`, branch, site);
    if (isProblem(read)) return read;
    passages.push(read);
  }
  return passages;
};

const join = (
  definition: NodeDefinition,
  inputs: readonly GraphNode[],
  site: Site | undefined,
): GraphNode | Problem => {
  const params = checkParameters(definition, {});
  if (isProblem(params)) return params;
  const value = inferNode(definition, inputs, params);
  if (isProblem(value)) return { ...within("parallel", value), site };
  return graphNode({ type: definition.name, params, inputs, ...value, site });
};

const joinAll = (merge: Merge, outs: readonly GraphNode[], site: Site | undefined): GraphNode | Problem => {
  if (outs.length === 1) return outs[0]!;
  if (merge === "concat") return join(concat, outs, site);
  return outs.reduce<GraphNode | Problem>(
    (all, out, place) => (place === 0 ? out : isProblem(all) ? all : join(joins[merge], [all, out], site)),
    outs[0]!,
  );
};

/** The branches' operations, and what joins them. */
export const parallel: Method = {
  name: "parallel",
  doc: "Several branches from one tensor, joined into one.",
  functions: "branches",
  step([branches, merge, ...more], site) {
    const passages = readBranches(branches, site);
    if (isProblem(passages)) return passages;
    if (typeof merge !== "string" || !Object.hasOwn(joins, merge))
      return refuse(`parallel: merge must be "add" or "concat" or "multiply", but it is ${shown(merge)}`, site);
    if (more.length) return refuse(`parallel takes 2 arguments, but it has ${2 + more.length}`, site);
    return {
      name: "parallel",
      site,
      apply(input, at) {
        const outs: GraphNode[] = [];
        for (const [place, passage] of passages.entries()) {
          const out = passage(input, site ?? at);
          if (isProblem(out)) return within(`parallel: branch ${place + 1}`, out);
          outs.push(out);
        }
        return joinAll(merge as Merge, outs, site);
      },
    };
  },
};

export interface Parallel<Bodies extends readonly unknown[], M extends Merge> extends Op {
  readonly is: ["parallel", Bodies, M];
  readonly out: Outs<Bodies, this["in"]> extends infer Given
    ? Given extends readonly unknown[]
      ? Joined<Given, M>
      : Given
    : never;
}
/** What each branch gives, or the first sentence of a misfit. */
type Outs<Bodies, T, Done extends readonly unknown[] = []> = Bodies extends readonly [infer Next, ...infer Rest]
  ? [Next] extends [never]
    ? `parallel: branches[${Done["length"]}] must be a block, or a function that returns what comes out`
    : Through<Next, T> extends infer Out
      ? unknown extends Out
        ? unknown
        : Out extends string
          ? `parallel: branch ${[...Done, 0]["length"] & number}: ${Out}`
          : Outs<Rest, T, [...Done, Out]>
      : never
  : Done;
type Joined<Given extends readonly unknown[], M extends Merge> = Given extends readonly [infer Only]
  ? Only
  : Given extends readonly [infer First, ...infer Rest]
    ? Told<M extends "concat" ? Apply<Concat<Rest, -1>, First> : Folded<First, Rest, M>>
    : unknown;
type Folded<All, Rest, M extends Merge> = All extends string
  ? All
  : Rest extends readonly [infer Next extends AnyTensor, ...infer Others]
    ? Folded<Apply<M extends "add" ? Add<Next> : Multiply<Next>, All>, Others, M>
    : All;
type Told<Out> = Out extends string ? `parallel: ${Out}` : Out;

/** The bodies of a list of branches. */
export type Bodies<Branches extends readonly unknown[]> = { [K in keyof Branches]: Body<Branches[K]> };

export interface ParallelMethod {
  /**
   * Several branches from one tensor, joined into one: their sum, their product, or one after another along the last axis.
   *
   * `graph` itself is the branch that changes nothing.
   *
   * @example x.parallel([graph.conv2d(32, { kernel: 1 }), graph.conv2d(32, { kernel: 3 })], "concat")
   * // [batch, 8, 8, 16] -> [batch, 8, 8, 64]
   * @example x.parallel([graph, graph.dense(64).sigmoid()], "multiply") // [batch, 64] as before: a gate
   */
  parallel<Self, const B extends readonly BranchItem<Self>[], const M extends Merge>(
    this: Self,
    branches: Fits<Self, Parallel<Bodies<B>, M>, B>,
    merge: M,
  ): Then<Self, Parallel<Bodies<B>, M>>;
}
