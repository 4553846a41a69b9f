import { alike, type Operations, onFloat, onImage } from "./operation.ts";

export const resampling: Operations = {
  upsample: {
    write: (_, { sizes, options, chance }) => `.upsample(${sizes(3)}${options(chance(0.4) && 'method: "bilinear"')})`,
    fits: (before) => (before.shape.length > 2 ? onFloat(before) : 0),
  },
  ...alike(["pixelShuffle", "spaceToDepth"], (method) => ({
    write: (_, { size }) => `.${method}(${size(3)})`,
    fits: onImage,
  })),
};
