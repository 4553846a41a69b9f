import { type Operations, onImage } from "./operation.ts";

export const convolution: Operations = {
  conv2d: {
    write: (_, { size, sizes, options, chance, between, pick }) =>
      `.conv2d(${size(32)}${options(
        `kernel: ${sizes(5)}`,
        chance(0.4) && `stride: ${sizes(3)}`,
        chance(0.6) && `padding: "${pick(["SAME", "VALID"])}"`,
        chance(0.3) && `dilation: ${sizes(3)}`,
        chance(0.3) && `groups: ${between(1, 4)}`,
      )})`,
    fits: (before) => 3 * onImage(before),
  },
};
