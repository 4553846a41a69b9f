import * as z from "zod";
import type { IntTensor, Tensor, TensorOf } from "../graph/tensor.ts";
import type { DType, Shape } from "../shapes/index.ts";
import { role } from "./role.ts";

export const whole = z.int({ error: ({ code }) => (code === "invalid_type" ? "must be a whole number" : undefined) });

/** The number of an axis, the batch axis counted; negative from the end. */
export const axis = role.structure(whole);
/** Several of them. */
export const axes = role.structure(z.array(whole).min(1));

/**
 * A tensor of the shape that a rule gives, or its sentence.
 *
 * The shape is looked at through `infer`: a call's context would else take part in the inference of what the shape is
 * made of, and replace an option's default.
 */
export type Outcome<Given, D extends DType> = Given extends infer S ? (S extends Shape ? TensorOf<S, D> : S) : never;
export type FloatOutcome<Given> = Given extends infer S ? (S extends Shape ? Tensor<S> : S) : never;
export type IntOutcome<Given> = Given extends infer S ? (S extends Shape ? IntTensor<S> : S) : never;
