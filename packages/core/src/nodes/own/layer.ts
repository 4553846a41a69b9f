import * as z from "zod";
import { sameShape, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import { role } from "../role.ts";
import { size, userName } from "../schemas.ts";
import { trainable } from "../weights.ts";
import { definedIn, pythonSource } from "./python-source.ts";

const dim = z.union([size, z.string().regex(/^(\?|[A-Za-z][A-Za-z0-9_]*)$/)]);
const value = z.strictObject({ shape: z.array(dim).min(1).max(16), dtype: z.enum(["float", "int"]) });

/** The application of a layer of the user's own: all that a document has to know of it. */
export const layer = defineNode({
  name: "layer",
  stem: "own",
  doc: "A layer that defineLayer made, with its Python.",
  ports: [{ name: "x", dtype: "any" }],
  parameters: z.strictObject({
    /** Its name in messages. */
    layer: role.structure(userName),
    /**
     * The source of one class, an `nnx.Module`, which may use `jax`, `jnp` and `nnx`.
     *
     * It is made as `Name(features, option=…, rngs=rngs)`: `features` is the size of its input's last axis, options are in
     * snake_case. It is called with a batch, and with `train=` where its `__call__` has that argument.
     */
    python: role.structure(
      pythonSource.refine((text) => definedIn(text) !== undefined, {
        error: "must define one class at its left margin",
      }),
    ),
    /** What its class is made with. */
    options: role.structure(z.record(userName, z.json())).default({}),
    /** Shape and dtype of what it was applied to. */
    takes: role.structure(value),
    /** What its rule made of that. */
    gives: role.structure(value),
    /** Attribute -> its sizes. */
    weights: role.shape(z.record(userName, z.array(size).max(16))).default({}),
  }),
  named: "maybe",
  infer: ([x], { layer, takes, gives }) =>
    sameShape(x!.shape, takes.shape) && x!.dtype === takes.dtype
      ? gives
      : `${layer} was made for ${takes.dtype} ${show(takes.shape)}, but its input is ${x!.dtype} ${show(x!.shape)}`,
  weights: (_, { weights }) =>
    Object.fromEntries(Object.entries(weights).map(([name, shape]) => [name, trainable(...shape)])),
});
