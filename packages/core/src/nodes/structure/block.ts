import * as z from "zod";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { userName } from "../schemas.ts";

/** An application of a named block: made where a block of `graph.block` is piped or added to. */
export const block = defineNode({
  name: "block",
  stem: "block",
  doc: "Applies a named block of the document.",
  ports: [{ name: "x", dtype: "any", many: true }],
  parameters: z.strictObject({
    /** The block's name in the document. */
    block: role.structure(userName),
    /** Whether all applications of the block use the same weights. */
    shared: role.structure(z.boolean().default(false)),
  }),
  infer: (inputs, params, { block }) => block(params.block)?.infer(inputs) ?? `there is no block "${params.block}"`,
  weights: (_, params, { block }) => block(params.block)?.weights() ?? {},
});
