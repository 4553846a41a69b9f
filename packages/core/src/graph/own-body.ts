import { standIn } from "./define-block.ts";
import { type GraphNode, now } from "./graph-node.ts";

const mark = Symbol("own body");

/** What a function gave that was called as the body of a block of its own. */
export interface OwnBody {
  readonly [mark]: true;
  /** What stood for the tensor inside; undefined where the function was called with a block. */
  readonly input: GraphNode | undefined;
  /** A tensor or a block, if the function did as it should. */
  readonly output: unknown;
  /** When it was called: older nodes lie outside. */
  readonly begun: number;
}

export const isOwnBody = (value: unknown): value is OwnBody =>
  typeof value === "object" && value !== null && mark in value;

/** @param like what the body is applied to, where that is a tensor */
export const ownBody = (like: GraphNode | undefined, body: (input: GraphNode | undefined) => unknown): OwnBody => {
  const begun = now();
  const input = like && standIn(like);
  return { [mark]: true, input, output: body(input), begun };
};
