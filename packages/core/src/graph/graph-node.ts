import type { Site } from "@flaxen/errors";
import type { Value } from "../shapes/index.ts";

/** A parameter's value in its normal form: plain JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** The parameters of a node, checked and normalised: every default is written out. */
export type Params = Readonly<Record<string, Json>>;

/**
 * One operation of a graph at run time: immutable, without an id, known by its identity.
 *
 * Ids are made where a graph is frozen into a document.
 */
export interface GraphNode extends Value {
  /** Key of the node's definition in `nodes`. */
  readonly type: string;
  readonly params: Params;
  /** The operands, in the order of the definition's ports. */
  readonly inputs: readonly GraphNode[];
  /** The call in the user's TypeScript that made it. */
  readonly site?: Site | undefined;
  /** The name that the user gave it; an input always has one. */
  readonly name?: string | undefined;
  /** What a node of type "block" applies. */
  readonly block?: BlockDefinition | undefined;
}

/**
 * The body of a named block, built for one shape of its input.
 *
 * Two applications of one block to values of one shape and dtype have the same definition, by identity.
 */
export interface BlockDefinition {
  readonly name: string;
  /** Whether all applications use the same weights. */
  readonly shared: boolean;
  /** One per `graph.block(…)` call: tells two blocks of one name apart, and joins the definitions of one block. */
  readonly source: symbol;
  /** A node of type "input" named "x", the only leaf of the body. */
  readonly input: GraphNode;
  readonly output: GraphNode;
  /** The `graph.block(…)` call. */
  readonly site?: Site | undefined;
}

const freeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};

/** A node that cannot be changed any more. */
export const graphNode = (node: GraphNode): GraphNode => {
  freeze(node.params);
  Object.freeze(node.shape);
  Object.freeze(node.inputs);
  return Object.freeze(node);
};
