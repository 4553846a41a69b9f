import { alike, type Operations, onFloat } from "./operation.ts";

export const normalisation: Operations = {
  batchNorm: { write: () => ".batchNorm()", fits: onFloat },
  ...alike(["layerNorm", "rmsNorm"], (method) => ({ write: () => `.${method}()`, fits: onFloat })),
  groupNorm: { write: (_, { size }) => `.groupNorm(${size(4)})`, fits: onFloat },
};
