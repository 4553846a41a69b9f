import { alike, type Operations, type Reached, type Writer } from "./operation.ts";

const onSequence = ({ shape, dtype }: Reached): number => (dtype === "float" && shape.length === 3 ? 1 : 0);
const layers = ["lstm", "gru", "simpleRnn"];
const chosen = ({ chance, pick }: Writer): readonly (string | false)[] => [
  chance(0.5) && "returnSequences: true",
  chance(0.5) && `direction: "${pick(["forward", "reverse", "bidirectional"])}"`,
];

export const recurrent: Operations = {
  ...alike(layers, (method) => ({
    write: (_, writer) => `.${method}(${writer.size(64)}${writer.options(...chosen(writer))})`,
    fits: (before) => 2 * onSequence(before),
  })),
  maskedRecurrent: {
    write: ({ shape }, writer) => {
      const mask = `mask: ${writer.near({ shape: shape.slice(0, 2), dtype: "int" })}`;
      return `.${writer.pick(layers)}(${writer.size(64)}${writer.options(...chosen(writer), mask)})`;
    },
    fits: onSequence,
  },
};
