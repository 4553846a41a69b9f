import { graph, type IntTensor, type Tensor } from "@flaxen/core";
import type { Case, Cases } from "./case.ts";

type Sequence = Tensor<["batch", 3, 8]>;
type Mask = IntTensor<["batch", 3]>;

const tolerance = 1e-5;
const read = (node: Case["node"]): Case => ({ operands: ["table"], node, tolerance });
const masked = (node: (x: Sequence, mask: Mask) => Tensor): Case => ({ operands: ["table", "ids"], node, tolerance });

export const recurrent: Cases = {
  lstm: read(graph.lstm(2)),
  lstmBothWays: read(graph.lstm(1, { direction: "bidirectional", returnSequences: true })),
  maskedLstm: masked((x, mask) => x.lstm(2, { mask, direction: "reverse" })),
  gru: read(graph.gru(2)),
  maskedGru: masked((x, mask) => x.gru(1, { mask, returnSequences: true })),
  maskedRnn: masked((x, mask) => x.simpleRnn(2, { mask, direction: "bidirectional" })),
};
