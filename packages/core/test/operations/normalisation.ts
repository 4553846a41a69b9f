import { type Operations, onFloat } from "./operation.ts";

export const normalisation: Operations = {
  batchNorm: { write: () => ".batchNorm()", fits: onFloat },
  overFeatures: { write: (_, { pick }) => `.${pick(["layerNorm", "rmsNorm"])}()`, fits: onFloat },
  groupNorm: { write: (_, { size }) => `.groupNorm(${size(4)})`, fits: onFloat },
};
