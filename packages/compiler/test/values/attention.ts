import { graph, type IntTensor, type Tensor } from "@flaxen/core";
import type { Case, Cases } from "./case.ts";

type Sequence = Tensor<["batch", 3, 8]>;
type Context = Tensor<["batch", 5, 8]>;
type Mask = IntTensor<["batch", 3]>;

// Scores of such inputs reach 100, where float32 is coarse.
const attended = { tolerance: 1e-4, gradients: 5e-4 };
const on = (node: Case["node"]): Case => ({ operands: ["table"], node, ...attended });

/** Without rotary positions the gradient of the key's bias is 0, so that its relative error says nothing. */
export const attention: Cases = {
  attention: on(graph.attention({ heads: 2, useBias: false })),
  groupedAttention: on(graph.attention({ heads: 4, headFeatures: 3, keyValueHeads: 2, useBias: false })),
  rotaryAttention: on(graph.attention({ heads: 2, rope: true, causal: true })),
  fastRotaryAttention: on(graph.attention({ heads: 1, keyValueHeads: 1, rope: { base: 10 } })),
  // Of the ids, below 4, a fourth is 0: rows without one that is seen are among them.
  maskedAttention: {
    operands: ["table", "ids"],
    node: (x: Sequence, mask: Mask) => x.attention({ heads: 2, causal: true, mask, useBias: false }),
    ...attended,
  },
  sinusoidalPositions: { ...on(graph.sinusoidalPositions()), tolerance: 1e-6, gradients: 1e-6 },
  learnedPositions: { ...on(graph.learnedPositions({ length: 4 })), tolerance: 1e-6, gradients: 1e-6 },
  crossAttention: {
    operands: ["table", "longTable"],
    node: (x: Sequence, context: Context) => x.crossAttention(context, { heads: 4, keyValueHeads: 1, useBias: false }),
    ...attended,
  },
  maskedCrossAttention: {
    operands: ["longTable", "table", "ids"],
    node: (x: Context, context: Sequence, mask: Mask) => x.crossAttention(context, { heads: 2, mask, useBias: false }),
    ...attended,
  },
};
