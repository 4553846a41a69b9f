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
  /** What a node of type "block" or "repeat" applies. */
  readonly block?: BlockDefinition | undefined;
}

/**
 * The body of a block that stands in the document under a name, built for one shape of its input.
 *
 * Two applications of one block to values of one shape and dtype have the same definition, by identity.
 */
export interface BlockDefinition {
  readonly name: string;
  /** Whether another block of that name gives this one a number. */
  readonly numbered?: boolean;
  /** Whether all applications use the same weights. */
  readonly shared: boolean;
  /** One per `graph.block(…)` call: tells two blocks of one name apart, and joins the definitions of one block. */
  readonly source: symbol;
  /** A node of type "input" named "x". */
  readonly input: GraphNode;
  /** Nodes from outside that the body reads: every application has them as its operands after the first. */
  readonly context: readonly GraphNode[];
  readonly output: GraphNode;
  /** The `graph.block(…)` call. */
  readonly site?: Site | undefined;
}

const freeze = <T>(value: T): T => {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};

const ages = new WeakMap<GraphNode, number>();
let made = 0;

/** A point in time, to tell which nodes are older. */
export const now = (): number => made;

/** Whether a node was made before that point. */
export const isOlder = (node: GraphNode, than: number): boolean => (ages.get(node) ?? 0) <= than;

/** A node that cannot be changed any more. */
export const graphNode = (node: GraphNode): GraphNode => {
  ages.set(node, ++made);
  freeze(node.params);
  Object.freeze(node.shape);
  Object.freeze(node.inputs);
  return Object.freeze(node);
};
