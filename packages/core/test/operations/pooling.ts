import { type Operations, onImage, type Writer } from "./operation.ts";

const window = ({ sizes, options, chance, pick }: Writer) =>
  `${sizes(3)}${options(chance(0.4) && `stride: ${sizes(3)}`, chance(0.4) && `padding: "${pick(["SAME", "VALID"])}"`)}`;

export const pooling: Operations = {
  globalPool: {
    write: (_, { pick }) => `.${pick(["globalAvgPool", "globalMaxPool"])}()`,
    fits: ({ shape, dtype }) => (dtype === "float" && shape.length > 2 ? 1 : 0),
  },
  maxPool: { write: (_, writer) => `.maxPool(${window(writer)})`, fits: (before) => 2 * onImage(before) },
  avgPool: { write: (_, writer) => `.avgPool(${window(writer)})`, fits: onImage },
};
