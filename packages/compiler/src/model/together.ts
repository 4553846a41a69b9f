import { type Expression, marked, type Statement } from "../python/tree.ts";

type Features = Extract<Expression, { kind: "integer" | "float" }>;
type Option = Extract<Expression, { kind: "option" }>;
type Mark = Extract<Expression, { kind: "marked" }>;

/** Where trees that are alike may differ: in a number of features or in an option. */
export interface Place {
  /** How many places stand before it. */
  readonly index: number;
  /** "features", or the name of the option. */
  readonly name: string;
  /** The attribute whose layer is given it. */
  readonly layer: string;
  /** Whether the layer is given it by name. */
  readonly keyword: boolean;
  /** In each tree; undefined where it stands in a part that the tree lacks. */
  readonly values: readonly (Features | Option | undefined)[];
}

/** What stands in the one tree that several become. */
export interface Choices {
  at(place: Place): Expression;
  /** @param comments of one line in the trees that have it */
  comment(comments: readonly (string | undefined)[], trees: readonly number[]): string | undefined;
}

const kindOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
const isMark = (value: unknown): value is Mark => kindOf(value) === "marked";
const isFeatures = (value: unknown): value is Features =>
  kindOf(value) === "integer" && (value as Features).features === true;
const isOption = (value: unknown): value is Option => kindOf(value) === "option";

/** `x` of `self.x = …`. */
const attributeMade = (tree: unknown): string | undefined => {
  if (kindOf(tree) !== "assign") return undefined;
  const { target } = tree as Extract<Statement, { kind: "assign" }>;
  return target.kind === "attribute" ? target.name : undefined;
};

/** The statements of a part that only some have; a tree that lacks it has none. */
const withoutEmpty = (tree: unknown): unknown =>
  kindOf(tree) === "if" && (tree as Extract<Statement, { kind: "if" }>).body.length === 0
    ? { ...(tree as object), body: undefined }
    : tree;

/** Trees that differ in places, in marks and in comments as one tree. */
export const together = <Tree>(trees: readonly Tree[], choices: Choices): Tree => {
  let index = 0;
  const join = (given: readonly unknown[], layer: string, keyword: boolean): unknown => {
    const present = given.flatMap((tree, i) => (tree === undefined ? [] : [i]));
    const there = present.map((i) => given[i]);
    const [first] = there;
    if (isMark(first)) {
      const marks = given as readonly (Mark | undefined)[];
      const value = join(
        marks.map((mark) => mark?.value),
        layer,
        keyword,
      ) as Expression;
      // Of ranges that are alike the innermost is found first.
      return (there as readonly Mark[]).reduce((inner, { node }) => marked(node, inner), value);
    }
    if (isFeatures(first) || isOption(first)) {
      const name = isOption(first) ? first.name : "features";
      return choices.at({ index: index++, name, layer, keyword, values: given as Place["values"] });
    }
    if (Array.isArray(first))
      return first.map((_, i) =>
        join(
          given.map((tree) => (tree as readonly unknown[] | undefined)?.[i]),
          layer,
          keyword,
        ),
      );
    if (typeof first !== "object" || first === null) return first;
    const own = attributeMade(first) ?? layer;
    const named = "kind" in first ? keyword : "keyword" in first;
    const at = (key: string) => given.map((tree) => (withoutEmpty(tree) as Record<string, unknown> | undefined)?.[key]);
    const keys = new Set(there.flatMap((tree) => Object.keys(tree as object)));
    const merged: Record<string, unknown> = {};
    for (const key of keys) if (key !== "comment") merged[key] = join(at(key), own, named);
    const comments = there.map((tree) => (tree as { readonly comment?: string }).comment);
    const comment = keys.has("comment") ? choices.comment(comments, present) : undefined;
    return comment === undefined ? merged : { ...merged, comment };
  };
  return join(trees, "", false) as Tree;
};

/** Every place of trees that are alike. */
export const placesIn = (trees: readonly unknown[]): readonly Place[] => {
  const places: Place[] = [];
  together(trees, {
    at(place) {
      places.push(place);
      return place.values.find((value) => value !== undefined)!;
    },
    comment: () => undefined,
  });
  return places;
};

/** Equal for trees that differ in nothing but places, marks, comments and parts that some lack. */
export const likeness = (tree: unknown): string =>
  JSON.stringify(tree, (key, value: unknown) => {
    if (kindOf(value) === "if") return { ...(value as object), body: undefined };
    if (kindOf(value) === "conditional") return { ...(value as object), value: undefined };
    return plain(key, value);
  });

/** Equal for trees whose parts are alike too. */
export const fullLikeness = (tree: unknown): string => JSON.stringify(tree, plain);

/** Equal for trees that differ in numbers of features, marks and comments alone. */
export const strictLikeness = (tree: unknown): string =>
  JSON.stringify(tree, (key, value: unknown) => (isOption(value) ? value : plain(key, value)));

const plain = (key: string, value: unknown): unknown => {
  if (key === "comment") return undefined;
  if (isFeatures(value)) return "features";
  if (isOption(value)) return `option ${value.name}`;
  return isMark(value) ? plain(key, value.value) : value;
};
