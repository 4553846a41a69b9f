import type { AnyModel } from "@flaxen/core";

/** What a model predicts, by head. */
export type OutputsFor<M extends AnyModel> = M extends { readonly "~outputs"?: infer Outputs }
  ? Exclude<Outputs, undefined>
  : never;
