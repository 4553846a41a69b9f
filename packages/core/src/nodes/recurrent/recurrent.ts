import * as z from "zod";
import type { Op } from "../../graph/op.ts";
import type { Tensor, Typed } from "../../graph/tensor.ts";
import type { Dim, Shape, Times } from "../../shapes/index.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition } from "../definition.ts";
import type { NeedsFloat } from "../dtype.ts";
import { activationFlops, contractions } from "../flops.ts";
import { role } from "../role.ts";
import { size } from "../schemas.ts";
import { type MaskDTypeMisfit, type MaskMisfit, maskMisfit, type SequenceMisfit, sequenceMisfit } from "../sequence.ts";
import { trainable, type Weights } from "../weights.ts";
import type { WrongSize } from "../wrong.ts";

/** Which way a recurrent layer reads its sequence. */
export type Direction = "forward" | "reverse" | "bidirectional";

const directions = z.enum(["forward", "reverse", "bidirectional"]);

/** A recurrent kind of node; its weights are those of one direction. */
export const recurrent = (own: {
  readonly name: string;
  readonly doc: string;
  weights(features: Dim, units: number): Weights;
  /** How often a step computes a sigmoid or a tanh of a unit. */
  readonly activations: number;
}): NodeDefinition =>
  defineNode({
    name: own.name,
    stem: own.name,
    doc: own.doc,
    ports: [
      { name: "x", dtype: "float" },
      { name: "mask", dtype: "int", optional: true },
    ],
    parameters: z.strictObject({
      units: role.shape(size),
      returnSequences: role.structure(z.boolean().default(false)),
      direction: role.structure(directions.default("forward")),
    }),
    positional: ["units"],
    named: "maybe",
    infer: ([x, mask], { units, returnSequences, direction }) => {
      const { shape } = x!;
      const misfit = sequenceMisfit(shape, own.name) ?? maskMisfit(shape, mask, own.name);
      if (misfit) return misfit;
      const width = direction === "bidirectional" ? 2 * units : units;
      return { shape: [...shape.slice(0, returnSequences ? 2 : 1), width], dtype: "float" };
    },
    weights: ([x], { units, direction }) => {
      const weights = own.weights(x!.shape[2]!, units);
      if (direction !== "bidirectional") return weights;
      const named = (prefix: string) => Object.entries(weights).map(([name, weight]) => [`${prefix}/${name}`, weight]);
      return Object.fromEntries([...named("forward"), ...named("backward")]);
    },
    flops: ([x], _, { units, direction }) => {
      const [, time, features] = x!.shape as readonly [number, number, number];
      const ways = direction === "bidirectional" ? 2 : 1;
      const weights = own.weights(features, units);
      const gates = Number(weights.kernel!.shape[1]);
      return ways * time * (contractions(weights, 1) + own.activations * units * activationFlops + 2 * gates);
    },
  });

/** The weights of one direction, whose columns hold the gates side by side. */
export const gateWeights = (features: Dim, units: number, gates: number): Weights => ({
  kernel: trainable(features, gates * units),
  recurrentKernel: trainable(units, gates * units),
  bias: trainable(gates * units),
});

/** The rule of recurrent layers. */
export interface Recurrent<Name extends string, Units, Sequences, Way, Mask> extends Op {
  readonly is: [Name, Units, Sequences, Way, Mask];
  readonly out: RecurrentOut<this["in"], Name, Units, Sequences, Way, Mask>;
  readonly wrong: WrongSize<`${Name}: units`, Units>;
}
type RecurrentOut<T, Name extends string, Units, Sequences, Way, Mask> =
  T extends Typed<infer S, infer D>
    ? D extends "int"
      ? NeedsFloat<Name>
      : Misfit<S, Mask, Name> extends infer Sentence extends string
        ? Sentence[] extends never[]
          ? Tensor<Read<S, Sequences, Width<Units, Way>>>
          : Sentence
        : never
    : never;
type Misfit<S extends Shape, Mask, Name extends string> =
  MaskDTypeMisfit<Mask, Name> extends infer Sentence
    ? Sentence[] extends never[]
      ? SequenceMisfit<S, Name> extends infer NoSequence
        ? NoSequence[] extends never[]
          ? MaskMisfit<S, Mask, Name>
          : NoSequence
        : never
      : Sentence
    : never;
type Width<Units, Way> = [Way] extends ["bidirectional"]
  ? Times<Units, 2>
  : "bidirectional" extends Way
    ? number
    : Units & number;
/** A choice that only the run time knows leaves the rank open. */
type Read<S extends Shape, Sequences, Units extends Dim> = S extends readonly [
  infer Batch extends Dim,
  infer Time extends Dim,
  ...unknown[],
]
  ? boolean extends Sequences
    ? Dim[]
    : Sequences extends true
      ? [Batch, Time, Units]
      : [Batch, Units]
  : Sequences extends false
    ? [Dim, Units]
    : Dim[];

export interface RecurrentOptions<Sequences, Way, Mask> {
  /** Whether every step's state comes out, `[batch, time, units]`, not only the last, `[batch, units]`. @defaultValue false */
  readonly returnSequences?: Sequences;
  /**
   * "reverse" reads from the end, so that its last state is that at the first position; "bidirectional" is a layer for
   * each way, their outputs side by side: `2 * units` features. Sequences stay in the order of the input.
   *
   * @defaultValue "forward"
   */
  readonly direction?: Way;
  /**
   * Whole numbers `[batch, time]`, 0 where a position is padding: there the state stays as it is, so that the last state
   * is that at the last counted position.
   */
  readonly mask?: Mask;
  /** The layer's id in documents, in the emitted Python and in the weights' file. */
  readonly name?: string;
}
