import { graph } from "@flaxen/core";
import { type Cases, onImage, onTable } from "./case.ts";

const onVolume = (node: Parameters<typeof onImage>[0]) => ({ ...onImage(node), operands: ["volume"] as const });

export const convolution: Cases = {
  conv1d: onTable(graph.conv1d(3, { kernel: 2, stride: 2 })),
  conv1dCausal: onTable(graph.conv1d(2, { kernel: 3, padding: "CAUSAL", groups: 2 })),
  conv1dSpread: onTable(graph.conv1d(2, { kernel: 2, dilation: 2, padding: [[2, 1]], useBias: false })),
  conv2d: onImage(graph.conv2d(3, { kernel: 3 })),
  conv2dStrided: onImage(graph.conv2d(2, { kernel: [3, 2], stride: [2, 3], padding: [[0, 2], 1] })),
  conv2dSpread: onImage(graph.conv2d(4, { kernel: 2, dilation: [2, 1], groups: 2, padding: "VALID" })),
  conv3d: onVolume(graph.conv3d(2, { kernel: 2, stride: [1, 2, 1], useBias: false })),
  conv3dPadded: onVolume(graph.conv3d(2, { kernel: [1, 3, 2], padding: 1, dilation: [1, 1, 2], stride: 2, groups: 2 })),
  depthwise1d: onTable(graph.depthwiseConv1d({ kernel: 3, padding: "CAUSAL" })),
  depthwise2d: onImage(graph.depthwiseConv2d({ kernel: 3, stride: 2, multiplier: 2 })),
  depthwiseSpread: onImage(graph.depthwiseConv2d({ kernel: 2, dilation: 2, padding: "VALID", useBias: false })),
  separable1d: onTable(graph.separableConv1d(3, { kernel: 3, stride: 2, multiplier: 2 })),
  separable2d: onImage(graph.separableConv2d(3, { kernel: [2, 3], padding: "VALID" })),
  upconv1d: onTable(graph.convTranspose1d(3, { kernel: 3, stride: 2 })),
  upconv1dFar: onTable(graph.convTranspose1d(2, { kernel: 2, stride: 3, padding: "VALID" })),
  upconv2d: onImage(graph.convTranspose2d(2, { kernel: 2, stride: 2 })),
  upconv2dSame: onImage(graph.convTranspose2d(2, { kernel: [4, 3], stride: [2, 1], useBias: false })),
  upconv2dSpread: onImage(graph.convTranspose2d(2, { kernel: 2, dilation: [2, 1], padding: "VALID" })),
  upconv3d: onVolume(graph.convTranspose3d(2, { kernel: [1, 2, 3], stride: [1, 2, 2] })),
};
