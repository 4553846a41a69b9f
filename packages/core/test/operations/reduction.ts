import { alike, type Operations, type Reached, type Writer } from "./operation.ts";
import { axisOf } from "./shape.ts";

const axes = (before: Reached, writer: Writer): string => {
  const { chance } = writer;
  if (chance(0.3)) return "";
  const first = axisOf(before, writer);
  return chance(0.6) ? `${first}` : `[${first}, ${axisOf(before, writer)}]`;
};

export const reduction: Operations = {
  ...alike(["mean", "sum", "max", "min", "logSumExp", "norm"], (method) => ({
    write: (before, writer) => {
      const given = axes(before, writer);
      const keep = given && writer.chance(0.4) ? ", { keepDims: true }" : "";
      return `.${method}(${given}${keep})`;
    },
    fits: ({ shape }) => (shape.length > 2 ? 1 : 0),
  })),
  ...alike(["argmax", "argmin", "cumsum"], (method) => ({
    write: (before, writer) => `.${method}(${writer.chance(0.4) ? "" : axisOf(before, writer)})`,
    fits: ({ shape }) => (shape.length > 1 ? 1 : 0),
  })),
};
