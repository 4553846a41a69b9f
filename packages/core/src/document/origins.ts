import type { Site } from "@flaxen/errors";
import type { Sites } from "./sites.ts";

/** Where in the user's TypeScript the parts of a document came from. */
export interface Origins {
  readonly sites?: Sites | undefined;
  /** The `data.…` call. */
  readonly data?: Site | undefined;
  /** The `experiment(…)` call. */
  readonly experiment?: Site | undefined;
}
