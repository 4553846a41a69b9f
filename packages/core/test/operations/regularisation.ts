import { alike, type Operations, onFloat } from "./operation.ts";

export const regularisation: Operations = {
  ...alike(["dropPath", "dropout", "gaussianDropout", "gaussianNoise"], (method) => ({
    write: () => `.${method}(0.1)`,
    fits: onFloat,
  })),
  spatialDropout: {
    write: () => ".spatialDropout(0.1)",
    fits: ({ shape, dtype }) => (dtype === "float" && shape.length > 2 ? 1 : 0),
  },
};
