import type { Site } from "./site.ts";
import { showSite } from "./site.ts";

const marker = Symbol.for("flaxen.error");

export interface FlaxenErrorOptions {
  /** The call in the user's TypeScript that the error is about. */
  readonly site?: Site | undefined;
  readonly cause?: unknown;
  /** What stands below the site, such as a Python traceback. */
  readonly detail?: string | undefined;
}

/**
 * The base of every error that Flaxen throws: one class a cause, told apart by a stable `code`.
 *
 * `isInstance` works across copies of the package and across realms, where `instanceof` does not.
 */
export abstract class FlaxenError extends Error {
  /** Empty on the base: `FlaxenError.isInstance` accepts every cause. */
  static readonly code: string = "";
  /** Stable; safe to compare, log and translate. */
  readonly code: string;
  /** Where in the user's TypeScript the error came from, when it is known. */
  readonly site: Site | undefined;

  constructor(message: string, options: FlaxenErrorOptions = {}) {
    super(
      [message, options.site && `    at ${showSite(options.site)}`, options.detail].filter(Boolean).join("\n"),
      // Named only when there is one: Node prints "[cause]: undefined" otherwise.
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = new.target.name;
    this.code = new.target.code;
    this.site = options.site;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for an error of this class, whichever copy of the package made it. */
  static isInstance<C extends { readonly code: string; readonly prototype: FlaxenError }>(
    this: C,
    value: unknown,
  ): value is C["prototype"] {
    if (typeof value !== "object" || value === null || !(marker in value)) return false;
    return this.code === "" || (value as unknown as FlaxenError).code === this.code;
  }
}
