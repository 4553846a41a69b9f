import type { Operations } from "./operation.ts";

export const math: Operations = {
  add: { write: (before, { near }) => `.add(${near(before)})`, fits: () => 1, readsOthers: true },
};
