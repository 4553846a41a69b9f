import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition, NodeSpecification } from "../definition.ts";
import type { NeedsFloat } from "../dtype.ts";

/** The rule of a function that looks at one value at a time: floats in, floats of the same shape out. */
export interface Elementwise<Name extends string> extends Op {
  readonly is: [Name];
  readonly out: this["in"] extends Typed<infer S, infer D> ? (D extends "int" ? NeedsFloat<Name> : Tensor<S>) : never;
}

type Own = Pick<NodeSpecification, "name" | "doc"> &
  Partial<Pick<NodeSpecification, "stem" | "parameters" | "positional">>;

/** A kind of node that applies a function to every value: without parameters, and its name the stem, unless given. */
export const elementwise = (own: Own): NodeDefinition =>
  defineNode<z.ZodObject>({
    stem: own.name,
    ports: [{ name: "x", dtype: "float" }],
    parameters: z.strictObject({}),
    infer: ([x]) => x!,
    ...own,
  });
