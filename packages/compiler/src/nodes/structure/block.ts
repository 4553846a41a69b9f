import { call, type Expression, name } from "../../python/tree.ts";
import type { NodePrinter, PrintedClass } from "../printer.ts";

/** A call of a block's instance, which hands on what the class asks for. */
export const callOf = (
  { usesHyperparameters, usesTrain }: PrintedClass,
  instance: Expression,
  operands: readonly Expression[],
): Expression =>
  call(instance, ...operands, ...(usesHyperparameters ? [name("hp")] : []), usesTrain ? { train: name("train") } : {});

interface BlockParams {
  readonly block: string;
  readonly shared: boolean;
}

/** An application of a named block: a class of its own in model.py. */
export const block: NodePrinter<BlockParams> = {
  construct: ({ params, block }) => block(params.block).construct,
  call: ({ params, block, self }, operands) => callOf(block(params.block), self, operands),
  nests: true,
  attribute: ({ block, shared }) => (shared ? block : undefined),
};
