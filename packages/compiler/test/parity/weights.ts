import type { AnyModel, InitialWeights } from "@flaxen/core";
import { loadWeights } from "../../../flaxen/src/weights/load-weights.ts";

/** Weights out of a `state_dict`, as a user loads them: by the package above this one, which only tests may know. */
export const pytorchWeights = (
  model: AnyModel,
  path: string,
  names: Readonly<Record<string, string>>,
): Promise<InitialWeights> => loadWeights(model, path, { layout: "pytorch", names });
