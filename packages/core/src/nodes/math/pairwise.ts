import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { AnyTensor, IntTensor, TensorOf, Typed } from "../../graph/tensor.ts";
import { type Broadcast, broadcast, type DType, type Shape, type Show, show } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition } from "../definition.ts";
import type { DoNotMix, NeedsFloat } from "../dtype.ts";
import { role } from "../role.ts";

/** What stands on the right side: a tensor, or a number for every place. */
export type Operand = AnyTensor | number;

interface Own {
  readonly name: string;
  readonly doc: string;
  /** What it takes. @defaultValue "any" */
  readonly dtype?: "float" | "any";
  /** What it gives. @defaultValue what it takes */
  readonly gives?: "int";
}

/** A kind of node that joins two tensors, or a tensor and a number, value by value. */
export const pairwise = ({ name, doc, dtype = "any", gives }: Own): NodeDefinition =>
  defineNode({
    name,
    stem: name,
    doc,
    ports: [
      { name: "x", dtype },
      { name: "other", dtype: "same", number: "value" },
    ],
    parameters: z.strictObject({
      /** In the place of the second tensor. */
      value: role.structure(z.number()).optional(),
    }),
    infer: ([x, other], { value }) => {
      if (value !== undefined && x!.dtype === "int" && !Number.isInteger(value))
        return `${name}: ${value} is not a whole number, but its input is int`;
      const shape = other ? broadcast(x!.shape, other.shape) : x!.shape;
      if (!shape) return `${name}: shapes do not broadcast: ${show(x!.shape)} and ${show(other!.shape)}`;
      return { shape, dtype: gives ?? x!.dtype };
    },
  });

/** Its rule. */
export interface Pairwise<Name extends string, Other> extends Op {
  readonly is: [Name, Other];
  readonly out: this["in"] extends Typed<infer A, infer D> ? Joined<A, D, Other, Name> : never;
}

/** The rule of one that needs floats. */
export interface FloatPairwise<Name extends string, Other> extends Op {
  readonly is: [Name, Other];
  readonly out: this["in"] extends Typed<infer A, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : Joined<A, D, Other, Name>
    : never;
}

/** The rule of one that gives whole numbers. */
export interface IntPairwise<Name extends string, Other> extends Op {
  readonly is: [Name, Other];
  readonly out: this["in"] extends Typed<infer A, infer D>
    ? Joined<A, D, Other, Name> extends infer Out
      ? Out extends Typed<infer S>
        ? IntTensor<S>
        : Out
      : never
    : never;
}

export type Joined<A extends Shape, D extends DType, Other, Name extends string> = Other extends number
  ? D extends "int"
    ? IsWhole<Other> extends true
      ? IntTensor<A>
      : `${Name}: ${Other} is not a whole number, but its input is int`
    : TensorOf<A, D>
  : Other extends Typed<infer B, infer D2>
    ? D extends D2
      ? Broadcast<A, B> extends infer S extends Shape
        ? TensorOf<S, D>
        : `${Name}: shapes do not broadcast: ${Show<A>} and ${Show<B>}`
      : DoNotMix<Name, D, D2>
    : never;
type IsWhole<N extends number> = number extends N ? true : `${N}` extends `${bigint}` ? true : false;
