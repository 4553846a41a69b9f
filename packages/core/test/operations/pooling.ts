import { alike, type Operations, onPositions, type Reached, type Writer } from "./operation.ts";

const window = ({ shape }: Reached, { sizesOn, options, chance, pick, between }: Writer) => {
  const sizes = () => sizesOn(chance(0.9) ? Math.min(Math.max(shape.length - 2, 1), 3) : between(1, 3), 3);
  return `${sizes()}${options(chance(0.4) && `stride: ${sizes()}`, chance(0.4) && `padding: "${pick(["SAME", "VALID"])}"`)}`;
};
const pool = (name: string, often = 1) => ({
  write: (before: Reached, writer: Writer) => `.${name}(${window(before, writer)})`,
  fits: (before: Reached) => often * onPositions(before),
});

export const pooling: Operations = {
  ...alike(["globalAvgPool", "globalMaxPool"], (method) => ({
    write: () => `.${method}()`,
    fits: ({ shape, dtype }) => (dtype === "float" && shape.length > 2 ? 1 : 0),
  })),
  maxPool: pool("maxPool", 2),
  avgPool: pool("avgPool"),
  minPool: pool("minPool"),
};
