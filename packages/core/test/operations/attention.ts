import type { Operations, Reached, Writer } from "./operation.ts";

const onSequence = ({ shape, dtype }: Reached): number => (dtype === "float" && shape.length === 3 ? 1 : 0);

const heads = ({ size, chance, between }: Writer): readonly (string | false)[] => [
  `heads: ${size(4)}`,
  chance(0.3) && `headFeatures: ${between(1, 6)}`,
  chance(0.4) && `keyValueHeads: ${between(1, 4)}`,
];
const object = (parts: readonly (string | false)[]): string =>
  `{ ${parts.filter((part) => part !== false).join(", ")} }`;
const maskOf = ({ shape }: Reached, writer: Writer): string =>
  `mask: ${writer.near({ shape: shape.slice(0, 2), dtype: "int" })}`;

export const attention: Operations = {
  sinusoidalPositions: { write: () => ".sinusoidalPositions()", fits: onSequence },
  // A sequence whose length only the data knows may be longer than what is learned: that is refused when it is seen.
  learnedPositions: {
    write: ({ shape }, { size }) => `.learnedPositions({ length: ${typeof shape[1] === "string" ? "100" : size(12)} })`,
    fits: onSequence,
  },
  attention: {
    write: (_, writer) =>
      `.attention(${object([...heads(writer), writer.chance(0.4) && "causal: true", writer.chance(0.4) && "rope: true"])})`,
    fits: (before) => 2 * onSequence(before),
  },
  maskedAttention: {
    write: (before, writer) => `.attention(${object([...heads(writer), maskOf(before, writer)])})`,
    fits: onSequence,
  },
  crossAttention: {
    write: (before, writer) => {
      const context: Reached = {
        shape: [before.shape[0] ?? "batch", writer.anyDim(), writer.anyDim()],
        dtype: "float",
      };
      const masked = writer.chance(0.3) && maskOf(context, writer);
      return `.crossAttention(${writer.near(context)}, ${object([...heads(writer), masked])})`;
    },
    fits: onSequence,
  },
};
