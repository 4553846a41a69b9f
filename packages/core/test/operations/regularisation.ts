import { type Operations, onFloat } from "./operation.ts";

export const regularisation: Operations = {
  dropout: { write: () => ".dropout(0.1)", fits: onFloat },
};
