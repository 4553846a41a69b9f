import { graph } from "@flaxen/core";
import { type Cases, onImage } from "./case.ts";

export const resampling: Cases = {
  upsample: onImage(graph.upsample(2)),
  upsampleOneAxis: onImage(graph.upsample([1, 3])),
  bilinear: onImage(graph.upsample([2, 3], { method: "bilinear" })),
  bilinearRows: { operands: ["table"], node: graph.upsample(2, { method: "bilinear" }), tolerance: 1e-5 },
  trilinear: { operands: ["volume"], node: graph.upsample([2, 1, 2], { method: "bilinear" }), tolerance: 1e-5 },
  pixelShuffle: onImage(graph.pixelShuffle(2)),
  spaceToDepth: { operands: ["evenImage"], node: graph.spaceToDepth(2), tolerance: 1e-6 },
};
