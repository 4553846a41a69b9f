import type { Site } from "@flaxen/errors";
import type { z } from "zod";
import type { GraphNode } from "../graph/graph-node.ts";
import type { DType, Value } from "../shapes/index.ts";
import type { Problem } from "./problem.ts";
import type { Weights } from "./weights.ts";

/** One operand of a node. */
export interface Port {
  readonly name: string;
  /** What it takes; `same` is the dtype of the first port. */
  readonly dtype: DType | "any" | "same";
  /** The parameter that its whole numbers must stay below, from 0 on. */
  readonly below?: string;
  /** The same for the size of the first operand's axis that this parameter names, where that is known. */
  readonly belowAxis?: string;
  /** What a block calls it that hands it on, where that is not its name. */
  readonly inBlock?: string;
  /** Whether it takes one or more operands: in a call a tensor or a list of them. The last port only. */
  readonly many?: boolean;
  /** Whether it may be left out: in a call it is the option of its name. The last port only, not beside `many`. */
  readonly optional?: boolean;
  /** The parameter that takes its place when a call gives a number. The last port only, not beside `many`. */
  readonly number?: string;
  /** Whether its values come out again, unchanged: only their shape or order is another. */
  readonly passes?: boolean;
}

/** The port that the operand at this place belongs to. */
export const portAt = (ports: readonly Port[], place: number): Port | undefined =>
  ports[place] ?? (ports.at(-1)?.many ? ports.at(-1) : undefined);

/** What a node may ask about the document that it stands in. */
export interface Surroundings {
  /** The named block, or undefined. */
  block(name: string): BlockRule | undefined;
}
export interface BlockRule {
  /** What the block gives for its operands, or one sentence that says why it cannot take them. */
  infer(inputs: readonly Value[]): Value | string;
  /** Its weights, named `<node id>/<weight>`. */
  weights(): Weights;
}

/** What a node's file says about it. All else is derived from this. */
export interface NodeSpecification<Schema extends z.ZodObject = z.ZodObject> {
  /** Its key in documents; the method that makes it has the same name. */
  readonly name: string;
  /** Ids of its nodes are the stem and a number: conv1, conv2. */
  readonly stem: string;
  /** One line. */
  readonly doc: string;
  /** The operands, in order; the first is the tensor whose method is called. */
  readonly ports: readonly Port[];
  /** What a document holds: checked, defaults filled in, nothing lenient. */
  readonly parameters: Schema;
  /** Parameters that are given by position, or "name"; the others are options. */
  readonly positional?: readonly ((keyof Schema["shape"] & string) | "name")[];
  /** Whether its method takes the parameters that are given by position before the operands. */
  readonly parametersFirst?: boolean;
  /** Whether a user may or must name it: `{ name: "hidden" }`. */
  readonly named?: "never" | "maybe" | "always";
  /** Resolves what the method's arguments leave open, such as one number for both axes, into what a document holds. */
  normalise?(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /**
   * The rule at run time: shape and dtype of the output, or one sentence that says what is wrong.
   *
   * It gets an input for each port (more for one that takes many, perhaps none for an optional one), of the dtypes that
   * these say.
   */
  infer(inputs: readonly Value[], params: z.output<Schema>, surroundings: Surroundings): Value | string;
  /** The arrays that it owns. None, unless said otherwise. */
  weights?(inputs: readonly Value[], params: z.output<Schema>, surroundings: Surroundings): Weights;
  /**
   * Additions and multiplications for one example; every size is known, and that of the batch is 1.
   *
   * Unless said otherwise one for every number that comes out, and matrices of weights applied at each position.
   */
  flops?(inputs: readonly Value[], output: Value, params: z.output<Schema>): number;
}

/** A call without its tensor: what a block keeps of `.dense(128)`. */
export interface Step {
  /** The method. */
  readonly name: string;
  readonly site?: Site | undefined;
  /** @param at the call that applies the block in which the step stands */
  apply(input: GraphNode, at?: Site): GraphNode | Problem;
}

/** What stands behind a method of tensors and blocks. */
export interface Method {
  readonly name: string;
  readonly doc: string;
  /**
   * What functions stand for that it is given: a branch or a list of branches, handed over as `Returned`, or the body of a
   * block of its own, handed over as `OwnBody`. By default what they give, called with what stands here.
   */
  readonly functions?: "branch" | "branches" | "own body";
  /** Checks the arguments of a call; functions among them were already called. */
  step(args: readonly unknown[], site?: Site): Step | Problem;
}

/** A kind of node, made by `defineNode`. */
export interface NodeDefinition extends Required<NodeSpecification<any>>, Method {}
