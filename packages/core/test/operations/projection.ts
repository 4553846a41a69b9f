import { type Operations, onFloat } from "./operation.ts";

export const projection: Operations = {
  dense: { write: (_, { size }) => `.dense(${size(300)})`, fits: (before) => 2 * onFloat(before) },
  embedding: {
    write: (_, { size }) => `.embedding({ vocab: 100, features: ${size(64)} })`,
    fits: ({ dtype }) => (dtype === "int" ? 2 : 0),
  },
};
