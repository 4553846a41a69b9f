import { call, integer, name } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const embedding: NodePrinter<{ readonly vocab: number; readonly features: number }> = {
  construct: ({ params }) => call("nnx.Embed", integer(params.vocab), integer(params.features), { rngs: name("rngs") }),
  call: ({ self }, [ids]) => call(self, ids!),
  nests: true,
};
