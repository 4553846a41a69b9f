import type { Operations } from "./operation.ts";

export const shape: Operations = {
  flatten: { write: () => ".flatten()", fits: () => 1 },
};
