import * as z from "zod";
import { unknownSize } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";

const axisName = z.string().regex(/^(?!batch$)[A-Za-z][A-Za-z0-9_]*$/, {
  error: 'must be a name such as "time" (not "batch": that axis is added)',
});
const dim = z.union([size, axisName, z.literal(unknownSize)], {
  error: 'must be a whole number of at least 1, or a name such as "time"',
});

/** Where data enters: made by `graph.input`, printed as a parameter of the model. */
export const input = defineNode({
  name: "input",
  stem: "input",
  doc: "Where data enters, one row of the batch per example.",
  ports: [],
  parameters: z.strictObject({
    /** Of one example: without the batch axis. */
    shape: role.structure(z.array(dim)),
    dtype: role.structure(z.enum(["float", "int"]).default("float")),
  }),
  positional: ["name", "shape"],
  named: "always",
  infer: (_, { shape, dtype }) => ({ shape: ["batch", ...shape], dtype }),
});
