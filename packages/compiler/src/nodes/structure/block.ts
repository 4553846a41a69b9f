import { call, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

interface BlockParams {
  readonly block: string;
  readonly shared: boolean;
}

/** An application of a named block: a class of its own in model.py. */
export const block: NodePrinter<BlockParams> = {
  construct: ({ params, block }) => call(block(params.block).name, name("rngs")),
  call: ({ params, block, self }, [x]) => {
    const { usesHyperparameters, usesTrain } = block(params.block);
    return call(self, x!, ...(usesHyperparameters ? [name("hp")] : []), usesTrain ? { train: name("train") } : {});
  },
  nests: true,
  attribute: ({ block, shared }) => (shared ? block : undefined),
};
