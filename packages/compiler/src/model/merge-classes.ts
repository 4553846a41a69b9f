import { type Scope, scope } from "../python/names.ts";
import { moduleNames } from "../python/reserved.ts";
import {
  assign,
  attribute,
  binary,
  boolean,
  call,
  type Expression,
  name,
  option,
  type Parameter,
  type Statement,
} from "../python/tree.ts";
import { fullLikeness, likeness, placesIn, strictLikeness, together } from "./together.ts";
import { argumentOf, type Ends, type Told, toldBy } from "./told.ts";

/** A class as it would be printed for one block. */
export interface BlockClass extends Ends {
  readonly id: string;
  readonly statement: ClassStatement;
  /** A part that others of its name have or lack, and the attribute that says which. */
  readonly part?:
    | { readonly flag: string; readonly kind: "residual" | "project"; readonly present: boolean }
    | undefined;
}
type ClassStatement = Extract<Statement, { kind: "class" }>;
type Function = Extract<Statement, { kind: "function" }>;

/** One class for several blocks. */
export interface MergedClass {
  readonly ids: readonly string[];
  readonly statement: ClassStatement;
  /** A new instance for one of the blocks. */
  construct(className: string, id: string): Expression;
}

/** Options that a class is told beside its numbers of features, at most: with more it is easier read twice. */
const mostOptions = 3;

/** Classes that differ in nothing but numbers of features and a few options become one, which is told them. */
export const mergeClasses = (blocks: readonly BlockClass[]): readonly MergedClass[] =>
  alike(blocks, likeness).flatMap((members) => {
    const parts = new Set(members.filter(({ part }) => part?.present !== false).map(bodyText(fullLikeness)));
    const merged = parts.size < 2 ? merge(members) : undefined;
    if (merged) return [merged];
    return alike(members, strictLikeness).flatMap((same) => {
      const one = merge(same);
      return one ? [one] : same.flatMap((member) => merge([member])!);
    });
  });

const bodyText = (likenessOf: (tree: unknown) => string) => (block: BlockClass) => likenessOf(block.statement.body);

const alike = (
  blocks: readonly BlockClass[],
  likenessOf: (tree: unknown) => string,
): readonly (readonly BlockClass[])[] => {
  const found = new Map<string, BlockClass[]>();
  for (const block of blocks) {
    const text = bodyText(likenessOf)(block);
    found.set(text, [...(found.get(text) ?? []), block]);
  }
  return [...found.values()];
};

/** Undefined where they are better told apart. */
const merge = (members: readonly BlockClass[]): MergedClass | undefined => {
  const ids = members.map(({ id }) => id);
  const [first] = members;
  if (members.length === 1)
    return { ids, statement: first!.statement, construct: (className) => call(className, name("rngs")) };
  const bodies = members.map(({ statement }) => statement.body as readonly [Function, Function]);
  const names = scope([...moduleNames, ...namesIn(bodies[0]![0])]);
  const readings = toldBy(placesIn(bodies), members, names);
  if (!readings) return undefined;
  const flag = flagOf(members, readings.told, names);
  const told = flag?.told ? [...readings.told, flag.told] : readings.told;
  const given = told.filter(({ computed }) => !computed);
  if (given.filter(({ kind }) => kind !== "features").length > mostOptions) return undefined;
  const computed = told.flatMap((one) => (one.computed ? [assign(one.name, one.computed)] : []));
  const [made, called] = together(bodies, { at: readings.at, comment: commentOf(told, members.length) });
  const [self, ...rngs] = made.parameters;
  const construct: Function = {
    ...made,
    parameters: [self!, ...parametersOf(given), ...rngs.map((one) => ({ ...one, keywordOnly: given.length > 0 }))],
    body: [...computed, ...(flag ? withFlag(made.body, flag.made) : made.body)],
  };
  return {
    ids,
    statement: { ...first!.statement, body: [construct, called] },
    construct: (className, id) => instanceOf(className, given, ids.indexOf(id)),
  };
};

const parametersOf = (given: readonly Told[]): readonly Parameter[] =>
  given.map((one) => ({ name: one.name, keywordOnly: one.keyword, default: one.default }));

/** `InvertedResidual(4, 6, strides=2, rngs=rngs)` */
const instanceOf = (className: string, given: readonly Told[], block: number): Expression => {
  if (given.length === 0) return call(className, name("rngs"));
  const places = given.filter(({ keyword }) => !keyword).map((one) => argumentOf(one, block));
  const named = given.filter(({ keyword }) => keyword).map((one) => [one.name, argumentOf(one, block)] as const);
  return call(className, ...places, { ...Object.fromEntries(named), rngs: name("rngs") });
};

interface Flag {
  /** `self.residual = …` */
  readonly made: Statement;
  /** Where it does not follow from the numbers of features. */
  readonly told: Told | undefined;
}

/** What comes in is added where nothing else could be: where as much goes out; a projection is where it could not. */
const flagOf = (members: readonly BlockClass[], told: readonly Told[], names: Scope): Flag | undefined => {
  const part = members.find((member) => member.part)?.part;
  if (!part) return undefined;
  const self = attribute(name("self"), part.flag);
  const present = members.map((member) => member.part?.present === true);
  const same = members.map(({ input, output }) => input === output);
  const [into, out] = ["in_features", "out_features"].map((one) => told.find((other) => other.name === one));
  if (into && out && present.every((has, i) => has === (part.kind === "residual" ? same[i] : !same[i]))) {
    const condition = binary(name(into.name), part.kind === "residual" ? "==" : "!=", name(out.name));
    return { made: assign(self, condition), told: undefined };
  }
  const own = names.claim(part.flag);
  const values = present.map((has) => option(own, boolean(has), !has));
  const one = { name: own, kind: part.kind, keyword: true, values, default: boolean(false) };
  return { made: assign(self, name(own)), told: one };
};

/** Before the layers that are made or not, else before all. */
const withFlag = (body: readonly Statement[], made: Statement): readonly Statement[] => {
  const place = Math.max(
    0,
    body.findIndex(({ kind }) => kind === "if"),
  );
  return [...body.slice(0, place), made, ...body.slice(place)];
};

/** Every name that is read in a tree: no parameter may hide one. */
const namesIn = (tree: unknown): readonly string[] => {
  if (typeof tree !== "object" || tree === null) return [];
  const own = "kind" in tree && tree.kind === "name" ? [String((tree as { readonly name?: unknown }).name)] : [];
  return [...own, ...Object.values(tree).flatMap(namesIn)];
};

/** "[batch, 14, 14, 64]" and "[batch, 7, 7, 128]" as "[batch, ..., out_features]"; so too where only some have one. */
const commentOf = (told: readonly Told[], count: number) => {
  let last: string | undefined;
  const sizes = told.filter(({ kind }) => kind === "features");
  return (comments: readonly (string | undefined)[], blocks: readonly number[]): string | undefined => {
    const places = comments.flatMap((comment, place) => (comment === undefined ? [] : [place]));
    if (places.length === 0) return undefined;
    const shapes = places.map((place) => comments[place]!.slice(1, -1).split(", "));
    const dims = shapes[0]!.map((dim, axis) => {
      const isLast = axis === shapes[0]!.length - 1;
      const isKnown = axis === 0 || places.length === count;
      if (isKnown && shapes.every((shape) => shape[axis] === dim)) return dim;
      const one =
        isLast &&
        sizes.find(({ values }) =>
          shapes.every((shape, i) => {
            const value = values[blocks[places[i]!]!]!;
            return value.kind === "integer" && shape[axis] === String(value.value);
          }),
        );
      return one ? one.name : "...";
    });
    const short = dims.filter((dim, axis) => dim !== "..." || dims[axis - 1] !== "...");
    const text = short.at(-1) === "..." ? undefined : `[${short.join(", ")}]`;
    // Where the sizes of some blocks change but not the names of their axes, there is nothing more to say.
    if (places.length < comments.length && text === last) return undefined;
    last = text;
    return text;
  };
};
