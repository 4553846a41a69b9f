import { call, features, integer, name, option } from "../../python/tree.ts";
import type { NodePrinter } from "../printer.ts";

export const embedding: NodePrinter<{ readonly vocab: number; readonly features: number }> = {
  construct: ({ params }) =>
    call("nnx.Embed", option("num_embeddings", integer(params.vocab)), features(params.features), {
      rngs: name("rngs"),
    }),
  call: ({ self }, [ids]) => call(self, ids!),
  nests: true,
};
