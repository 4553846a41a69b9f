import { type Dim, unknownSize } from "../../src/shapes/index.ts";
import { type Operations, onFloat, type Reached, type Writer } from "./operation.ts";

/** An axis that is often there, and sometimes the batch axis or none. */
export const axisOf = ({ shape }: Reached, { chance, between }: Writer): number => {
  if (chance(0.1) || shape.length < 2) return between(-shape.length - 1, shape.length + 1);
  return chance(0.5) ? between(1, shape.length - 1) : between(1 - shape.length, -1);
};

const options = (...parts: readonly (string | false)[]): string => {
  const given = parts.filter((part) => part !== false);
  return given.length ? `{ ${given.join(", ")} }` : "";
};

const others = (before: Reached, { near, chance }: Writer): string =>
  chance(0.5) ? near(before) : `[${near(before)}, ${near(before)}]`;

const joins =
  (method: string) =>
  (before: Reached, writer: Writer): string => {
    const axis = writer.chance(0.6) && `axis: ${axisOf(before, writer)}`;
    return `.${method}(${others(before, writer)}${axis ? `, { ${axis} }` : ""})`;
  };

const dimText = (dim: Dim): string => (typeof dim === "number" ? `${dim}` : `"${dim}"`);
/** Another order of the sizes, some joined, one perhaps left open. */
const reshaped = ({ shape }: Reached, { chance, pick, between }: Writer): string => {
  const dims: Dim[] = shape.slice(1).filter((dim) => dim !== unknownSize);
  if (chance(0.5)) dims.reverse();
  if (chance(0.4) && dims.length > 1) {
    const [a, b] = dims.slice(-2);
    if (typeof a === "number" && typeof b === "number") dims.splice(-2, 2, a * b);
  }
  if (chance(0.2)) dims.push(1);
  if (chance(0.1)) dims.push(pick<Dim>([2, 3, "time"]));
  if (dims.length && chance(0.4)) dims[between(0, dims.length - 1)] = -1;
  return `.reshape([${dims.map(dimText).join(", ")}])`;
};

const ordered = ({ shape }: Reached, { chance, between }: Writer): string => {
  if (chance(0.4)) return ".transpose()";
  const axes = shape.map((_, axis) => axis);
  const first = chance(0.9) ? 1 : 0;
  for (let i = axes.length - 1; i > first; i--) {
    const j = between(first, i);
    [axes[i], axes[j]] = [axes[j]!, axes[i]!];
  }
  if (chance(0.1)) axes.pop();
  return `.transpose([${axes.join(", ")}])`;
};

export const shape: Operations = {
  flatten: { write: () => ".flatten()", fits: () => 1 },
  concat: { write: joins("concat"), fits: () => 1 },
  stack: { write: joins("stack"), fits: () => 1 },
  reshape: { write: reshaped, fits: () => 2 },
  transpose: { write: ordered, fits: () => 1 },
  gather: {
    write: (before, writer) => {
      const places = writer.input(writer.pick([[], [3], ["time", 2]]), writer.chance(0.9) ? "int" : "float");
      return `.gather(${places}${writer.options(writer.chance(0.6) && `axis: ${axisOf(before, writer)}`)})`;
    },
    fits: ({ shape }) => (shape.length > 1 ? 1 : 0),
  },
  oneHot: { write: (_, { size }) => `.oneHot(${size(9)})`, fits: ({ dtype }) => (dtype === "int" ? 1 : 0) },
  pad: {
    write: ({ shape }, { sizes, pick, options, chance }) => {
      const widths = shape.slice(chance(0.9) ? 1 : 0).map(() => (chance(0.3) ? "0" : sizes(3)));
      return `.pad([${widths.join(", ")}]${options(chance(0.6) && `mode: "${pick(["constant", "reflect", "edge"])}"`)})`;
    },
    fits: onFloat,
  },
  repeatVector: {
    write: (_, { size }) => `.repeatVector(${size(5)})`,
    fits: ({ shape }) => (shape.length === 2 ? 1 : 0),
  },
  split: {
    write: (before, writer) => {
      const { shape } = before;
      const axis = axisOf(before, writer);
      const size = shape.at(axis);
      const halves =
        typeof size === "number" && writer.chance(0.4) ? `[1, ${Math.max(size - 1, 1)}]` : `${writer.between(1, 3)}`;
      return `.split(${halves}, { axis: ${axis} })[0]`;
    },
    fits: ({ shape }) => (shape.length > 1 ? 1 : 0),
  },
  identity: { write: () => ".identity()", fits: () => 1 },
  slice: {
    write: (before, writer) => {
      const { chance, between, size } = writer;
      const given = options(
        chance(0.6) && `start: ${between(-4, 4)}`,
        chance(0.6) && `end: ${chance(0.05) ? "n" : between(-3, 8)}`,
        chance(0.2) && `step: ${size(3)}`,
      );
      return `.slice(${axisOf(before, writer)}${given && `, ${given}`})`;
    },
    fits: () => 2,
  },
  squeeze: {
    write: (before, writer) => `.squeeze(${axisOf(before, writer)})`,
    fits: ({ shape }) => (shape.includes(1) ? 2 : 0),
  },
  expandDims: {
    write: (before, writer) => `.expandDims(${axisOf(before, writer)})`,
    fits: ({ shape }) => (shape.length < 5 ? 1 : 0),
  },
};
