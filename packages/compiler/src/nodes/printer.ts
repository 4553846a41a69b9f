import type { Value } from "@flaxen/core";
import type { Expression, Statement } from "../python/tree.ts";

/** A class of model.py that a named block became, and what its calls have to hand on. */
export interface PrintedClass {
  /** `Encoder(rngs)`: a new instance. */
  readonly construct: Expression;
  readonly usesHyperparameters: boolean;
  readonly usesTrain: boolean;
}

/** What a printer knows of one node. */
export interface NodeContext<Params> {
  readonly params: Params;
  readonly inputs: readonly Value[];
  readonly output: Value;
  /** `self.conv1`: where the module made by `construct` is kept. */
  readonly self: Expression;
  /** `hp["dropout1"]`: a parameter that may change without changing the program. */
  hyperparameter(parameter: string): Expression;
  /** The class of a named block. */
  block(name: string): PrintedClass;
  /** A name for the variable of a loop. */
  loopVariable(wish: string): string;
}

/** How nodes of one type are printed into model.py. */
export interface NodePrinter<Params = any> {
  /** The right side of `self.conv1 = …` in `__init__`, for a node that has parameters or state. */
  construct?(context: NodeContext<Params>): Expression;
  /** Its line of `__call__`. */
  call(context: NodeContext<Params>, operands: readonly Expression[]): Expression;
  /**
   * In place of `call`, for what is no expression: the statements that turn the variable `running`, which holds the first
   * operand, into its value.
   */
  statements?(
    context: NodeContext<Params>,
    running: Expression,
    others: readonly Expression[],
    mark: (value: Expression) => Expression,
  ): readonly Statement[];
  /** Whether it is written around the call that gives its operand: `nnx.relu(self.norm1(self.conv1(x)))`. */
  readonly wraps?: boolean;
  /** Whether another call may be written around it. */
  readonly nests?: boolean;
  /** Whether it is no call but an operator, which may end a statement that has as many calls as one may have. */
  readonly operator?: boolean;
  /** Whether, where a statement begins with it, the layer that reads it is written around it: `self.dense1(self.norm1(x))`. */
  readonly leads?: boolean;
  /** The attribute's name where it is not the node's id: nodes that share it share their weights. */
  attribute?(params: Params): string | undefined;
}
