import { graph } from "@flaxen/core";
import { type Cases, onFarImage, onFarTable, onImage, onTable } from "./case.ts";

export const normalisation: Cases = {
  layerNorm: onTable(graph.layerNorm()),
  plainLayerNorm: onTable(graph.layerNorm({ epsilon: 0.5, useScale: false, useBias: false })),
  rmsNorm: onTable(graph.rmsNorm()),
  plainRmsNorm: onTable(graph.rmsNorm({ epsilon: 0.5, useScale: false })),
  groupNorm: onImage(graph.groupNorm(2)),
  plainGroupNorm: onImage(graph.groupNorm(4, { epsilon: 0.5, useScale: false, useBias: false })),
  groupsOfRows: onTable(graph.groupNorm(1)),
  farLayerNorm: onFarTable(graph.layerNorm()),
  farRmsNorm: onFarTable(graph.rmsNorm()),
  farGroupNorm: onFarImage(graph.groupNorm(2)),
};
