import type { Block, Tensor } from "./tensor.ts";

/**
 * A shape rule in types that waits for its input: a node's file extends it with an `out` that reads `this["in"]`
 * and gives a tensor, or one sentence that says what is wrong.
 *
 * `is` (name and arguments) keeps two rules apart: without it `Dense<3>` and `Dense<4>` were one type.
 */
export interface Op {
  readonly is: readonly unknown[];
  readonly in: unknown;
  readonly out: unknown;
  /** The sentence when a parameter is wrong whatever comes in; a type that is no text when none is. */
  readonly wrong: unknown;
}

/** What a rule gives for a tensor. */
export type Apply<O extends Op, T> = (O & { readonly in: T })["out"];

/**
 * The type of an argument: the argument's own, or the sentence of a misfit, to which nothing is assignable.
 *
 * On a block nothing is known yet but what is wrong with the parameters.
 */
export type Fits<Self, O extends Op, Argument> = O["wrong"][] extends string[]
  ? O["wrong"]
  : Self extends { readonly ops: any }
    ? Argument
    : Apply<O, Self> extends infer Sentence extends string
      ? Sentence
      : Argument;

/** What a call returns: a tensor from a tensor, a longer block from a block; a tensor of unknown rank after a misfit. */
export type Then<Self, O extends Op> = Self extends { readonly ops: infer Ops extends readonly Op[] }
  ? Block<[...Ops, O]>
  : Settle<Apply<O, Self>>;
type Settle<Outcome> = Outcome extends string ? Tensor : Outcome;

/**
 * What a list of rules gives for a tensor; a misfit is named with its place in the list.
 *
 * The list is indexed, not peeled, which halves the cost; a list of unknown length gives an unknown rank.
 */
export type Run<Ops, T, Where extends string = "the block", Done extends 0[] = []> = Ops extends readonly unknown[]
  ? number extends Ops["length"]
    ? Tensor
    : Done["length"] extends Ops["length"]
      ? T
      : Step<Ops[Done["length"]], T> extends infer Next
        ? Next extends string
          ? `op ${[...Done, 0]["length"] & number} of ${Where}: ${Next}`
          : Run<Ops, Next, Where, [...Done, 0]>
        : never
  : never;
type Step<O, T> = O extends Op ? Apply<O, T> : never;
