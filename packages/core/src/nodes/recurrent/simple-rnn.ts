import type { Fits, Then } from "../../graph/op.ts";
import type { AnyTensor } from "../../graph/tensor.ts";
import { type Direction, gateWeights, type Recurrent, type RecurrentOptions, recurrent } from "./recurrent.ts";

export const simpleRnn = recurrent({
  name: "simpleRnn",
  doc: "A plain recurrent layer over a sequence: [batch, time, features] -> [batch, units].",
  activations: 1,
  weights: (features, units) => gateWeights(features, units, 1),
});

export interface SimpleRnn<Units, Sequences = false, Way = "forward", Mask = undefined>
  extends Recurrent<"simpleRnn", Units, Sequences, Way, Mask> {}

export interface SimpleRnnMethod {
  /**
   * A plain recurrent layer (Elman 1990): `state = tanh(x @ kernel + state @ recurrentKernel + bias)`, which starts at 0.
   * `[batch, time, features]` -> `[batch, units]`, the last state, or all with `returnSequences`.
   *
   * Weights: `kernel [features, units]`, `recurrentKernel [units, units]` (at first orthogonal), `bias [units]` (at first 0).
   * PyTorch has two biases that it adds up and trains both, so that their sum learns at twice the learning rate.
   *
   * @param units features of the output, in each direction
   * @example x.simpleRnn(64) // [batch, 28, 8] -> [batch, 64]
   */
  simpleRnn<
    Self,
    const Units extends number,
    const Sequences extends boolean = false,
    const Way extends Direction = "forward",
    const Mask extends AnyTensor | undefined = undefined,
  >(
    this: Self,
    units: Fits<Self, SimpleRnn<Units, Sequences, Way, Mask>, Units>,
    options?: RecurrentOptions<Sequences, Way, Mask>,
  ): Then<Self, SimpleRnn<Units, Sequences, Way, Mask>>;
}
