import type { Fits, Then } from "../../graph/op.ts";
import type { AnyTensor } from "../../graph/tensor.ts";
import { trainable } from "../weights.ts";
import { type Direction, gateWeights, type Recurrent, type RecurrentOptions, recurrent } from "./recurrent.ts";

export const gru = recurrent({
  name: "gru",
  doc: "Gated recurrent units over a sequence: [batch, time, features] -> [batch, units].",
  activations: 3,
  weights: (features, units) => ({ ...gateWeights(features, units, 3), recurrentBias: trainable(3 * units) }),
});

export interface Gru<Units, Sequences = false, Way = "forward", Mask = undefined>
  extends Recurrent<"gru", Units, Sequences, Way, Mask> {}

export interface GruMethod {
  /**
   * Gated recurrent units (Cho et al. 2014), the reset gate applied after the recurrent product, as in PyTorch, cuDNN and
   * Keras (`reset_after`): `[batch, time, features]` -> `[batch, units]`, the last state, or all with `returnSequences`.
   *
   * With a from the input and b from the state, each with its bias: `r = sigmoid(aR + bR)`, `z = sigmoid(aZ + bZ)`,
   * `n = tanh(aN + r * bN)`, `state = (1 - z) * n + z * state`, which starts at 0. Weights: `kernel [features, 3 * units]`,
   * `recurrentKernel [units, 3 * units]` (at first orthogonal), `bias` and `recurrentBias [3 * units]` (at first 0), whose
   * columns are the gates reset, update, new: PyTorch's order (Keras has update first).
   *
   * @param units features of the output, in each direction
   * @example x.gru(64) // [batch, 28, 8] -> [batch, 64]
   * @example x.gru(64, { returnSequences: true }) // [batch, 28, 8] -> [batch, 28, 64]
   */
  gru<
    Self,
    const Units extends number,
    const Sequences extends boolean = false,
    const Way extends Direction = "forward",
    const Mask extends AnyTensor | undefined = undefined,
  >(
    this: Self,
    units: Fits<Self, Gru<Units, Sequences, Way, Mask>, Units>,
    options?: RecurrentOptions<Sequences, Way, Mask>,
  ): Then<Self, Gru<Units, Sequences, Way, Mask>>;
}
