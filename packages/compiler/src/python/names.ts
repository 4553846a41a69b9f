import { reserved } from "./reserved.ts";

/** `homePrice` -> `home_price`; ASCII letters, digits and _ only, beginning with a letter. */
export const snakeCase = (name: string): string => {
  const plain = name
    .replace(/[^A-Za-z0-9_]+/g, "_")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
  return /^[a-z]/.test(plain) ? plain : `value${plain === "" ? "" : "_"}${plain}`;
};

/** `twoHeads` -> `TwoHeads`: the name of a class. */
export const pascalCase = (name: string): string =>
  snakeCase(name)
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");

/** Hands out identifiers of one scope: never a reserved word, a name taken by the surroundings, or one twice. */
export interface Scope {
  /** The wish itself; where that is not to be had the spare one, which gets a number where it is not either. */
  claim(wish: string, spare?: string): string;
}

/** @param words what no identifier may be: keywords and builtins; attributes need only differ from keywords */
export const scope = (taken: Iterable<string> = [], words: ReadonlySet<string> = reserved): Scope => {
  const used = new Set(taken);
  const free = (candidate: string) => !used.has(candidate) && !words.has(candidate);
  return {
    claim(wish, spare = `${wish}_`) {
      let candidate = free(wish) ? wish : spare;
      for (let n = 2; !free(candidate); n++) candidate = `${spare}${n}`;
      used.add(candidate);
      return candidate;
    },
  };
};
