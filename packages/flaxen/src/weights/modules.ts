import { didYouMean } from "@flaxen/errors";
import { WeightsError } from "./errors.ts";

/** Our name, or what it lies in -> the file's. */
export type Names = Readonly<Record<string, string>>;

/** What the file calls a layer: its module, and which of several layers in it. */
export interface Module {
  readonly name: string;
  readonly part: string | undefined;
}

/** Finds what the file calls things: the longest entry of `names` that a name begins with decides. */
export const moduleNames = (names: Names, separator: string) => {
  const translated = (name: string): string => {
    const parts = name.split("/");
    for (let length = parts.length; length > 0; length--) {
      const known = names[parts.slice(0, length).join("/")];
      if (known !== undefined) return [known, ...parts.slice(length)].filter((part) => part !== "").join(separator);
    }
    return parts.join(separator);
  };
  return (name: string): Module => {
    const [module, part] = translated(name).split("#") as [string, string?];
    return { name: module, part };
  };
};

/** Throws for an entry of `names` that names nothing of the model. */
export const checkNames = (names: Names, weights: readonly string[]): void => {
  const known = new Set(
    weights.flatMap((weight) => weight.split("/").map((_, end, parts) => parts.slice(0, end + 1).join("/"))),
  );
  for (const name of Object.keys(names))
    if (!known.has(name))
      throw new WeightsError(
        `loadWeights: names has "${name}", which the model does not have.${didYouMean(name, known)}`,
      );
};
