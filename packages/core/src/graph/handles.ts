import type { Step } from "../nodes/definition.ts";
import type { GraphNode } from "./graph-node.ts";
import type { Typed } from "./tensor.ts";

/** Under this key a tensor of the DSL keeps its node; the same in every copy of the package. */
export const nodeKey = Symbol.for("flaxen.graph.node");

const has = (value: unknown, key: PropertyKey): value is object =>
  typeof value === "object" && value !== null && key in value;

export const isTensor = (value: unknown): value is Typed => has(value, nodeKey);

/** The operation whose output a tensor is. */
export const nodeOf = (tensor: Typed): GraphNode => (tensor as unknown as { readonly [nodeKey]: GraphNode })[nodeKey];

export const isBlock = (value: unknown): value is { readonly ops: readonly Step[] } =>
  has(value, "ops") && Array.isArray((value as { readonly ops: unknown }).ops);
