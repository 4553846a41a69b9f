import { inferModel, type Types } from "./infer-graph.ts";
import type { ModelDocument } from "./schema.ts";

/** Shape and dtype that every node of a checked document gives: by id, nodes of blocks by "block/id". */
export const typesOf = (document: ModelDocument | { readonly model: ModelDocument }): Types =>
  inferModel("model" in document ? document.model : document).types;
