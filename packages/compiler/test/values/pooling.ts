import { graph } from "@flaxen/core";
import { type Cases, onImage, onTable } from "./case.ts";

export const pooling: Cases = {
  globalAvgPool: onImage(graph.globalAvgPool()),
  globalMaxPool: onImage(graph.globalMaxPool()),
  meanOfTable: onTable(graph.globalAvgPool()),
  avgPool: onImage(graph.avgPool(2)),
  avgPoolSame: onImage(graph.avgPool([3, 2], { stride: [2, 1], padding: "SAME" })),
  maxPoolSame: onImage(graph.maxPool([3, 2], { stride: [2, 1], padding: "SAME" })),
  minPool: onImage(graph.minPool([2, 3], { stride: 1 })),
  maxPoolOverTime: onTable(graph.maxPool(2, { stride: 1 })),
  avgPoolOverTime: onTable(graph.avgPool(2, { padding: "SAME" })),
  avgPoolOfVolume: { ...onImage(graph.avgPool([1, 2, 3], { stride: 2, padding: "SAME" })), operands: ["volume"] },
  minPoolOfVolume: { ...onImage(graph.minPool(2, { stride: 1 })), operands: ["volume"] },
};
