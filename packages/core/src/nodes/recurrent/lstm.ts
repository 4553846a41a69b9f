import type { Fits, Then } from "../../graph/op.ts";
import type { AnyTensor } from "../../graph/tensor.ts";
import { type Direction, gateWeights, type Recurrent, type RecurrentOptions, recurrent } from "./recurrent.ts";

export const lstm = recurrent({
  name: "lstm",
  doc: "Long short-term memory over a sequence: [batch, time, features] -> [batch, units].",
  activations: 5,
  weights: (features, units) => gateWeights(features, units, 4),
});

export interface Lstm<Units, Sequences = false, Way = "forward", Mask = undefined>
  extends Recurrent<"lstm", Units, Sequences, Way, Mask> {}

export interface LstmMethod {
  /**
   * Long short-term memory (Hochreiter and Schmidhuber 1997; with a forget gate, Gers et al. 2000):
   * `[batch, time, features]` -> `[batch, units]`, the last state, or all states with `returnSequences`.
   *
   * With a as the gates' sums of input, state and bias: `cell = sigmoid(aF) * cell + sigmoid(aI) * tanh(aG)` and
   * `state = sigmoid(aO) * tanh(cell)`, as in PyTorch and Keras; both start at 0. Weights: `kernel [features, 4 * units]`,
   * `recurrentKernel [units, 4 * units]` (at first orthogonal) and `bias [4 * units]` (1 for the forget gate, else 0),
   * whose columns are the gates input, forget, cell (g), output: the order of PyTorch and Keras.
   * PyTorch has two biases that it adds up and trains both, so that their sum learns at twice the learning rate.
   *
   * @param units features of the output, in each direction
   * @example x.lstm(64) // [batch, 28, 8] -> [batch, 64]
   * @example x.lstm(64, { returnSequences: true, direction: "bidirectional" }) // -> [batch, 28, 128]
   * @example ids.embedding({ vocab: 5000, features: 32 }).lstm(64, { mask: ids }) // [batch, 16], 0 is padding
   */
  lstm<
    Self,
    const Units extends number,
    const Sequences extends boolean = false,
    const Way extends Direction = "forward",
    const Mask extends AnyTensor | undefined = undefined,
  >(
    this: Self,
    units: Fits<Self, Lstm<Units, Sequences, Way, Mask>, Units>,
    options?: RecurrentOptions<Sequences, Way, Mask>,
  ): Then<Self, Lstm<Units, Sequences, Way, Mask>>;
}
