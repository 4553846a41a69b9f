import * as z from "zod";
import type { Fits, Op, Then } from "../../graph/op.ts";
import type { AnyTensor, Typed } from "../../graph/tensor.ts";
import {
  type Dim,
  type IsDynamicRank,
  type SameDim,
  type Shape,
  type Show,
  sameDim,
  show,
  unknownSize,
} from "../../shapes/index.ts";
import type { FloatOutcome } from "../axes.ts";
import { defineNode } from "../define-node.ts";
import type { NodeDefinition } from "../definition.ts";
import type { NeedsFloat } from "../dtype.ts";
import { elements } from "../flops.ts";
import { role } from "../role.ts";
import type { Listed, Mixed } from "../shape/concat.ts";

type Letters = ReadonlyMap<string, Dim>;

/** The sizes of the letters when a tensor's term is added to them, or what is wrong with it. */
const bind = (term: string, shape: Shape, first: string, known: Letters): Letters | string => {
  if (!term.startsWith(first)) return `"${term}" must begin with "${first}", the batch axis`;
  if (term.length !== shape.length) return `"${term}" does not name the axes of ${show(shape)}`;
  const letters = new Map(known);
  for (const [axis, letter] of [...term].entries()) {
    const dim = shape[axis]!;
    const before = letters.get(letter);
    if (before !== undefined && !sameDim(before, dim)) return `"${letter}" is both ${before} and ${dim}`;
    letters.set(letter, before === undefined || before === unknownSize ? dim : before);
  }
  return letters;
};

const resultOf = (equation: string, shapes: readonly Shape[]): Shape | string => {
  const [left, right] = equation.split("->") as [string, string];
  const terms = left.split(",");
  if (terms.length !== shapes.length) return `it has ${terms.length} terms for ${shapes.length} tensors`;
  const first = equation[0]!;
  let letters: Letters = new Map();
  for (const [place, term] of terms.entries()) {
    const next = bind(term, shapes[place]!, first, letters);
    if (typeof next === "string") return next;
    letters = next;
  }
  if (!right.startsWith(first)) return `"${right}" must begin with "${first}", the batch axis`;
  const dims: Dim[] = [];
  for (const letter of right) {
    const dim = letters.get(letter);
    if (dim === undefined) return `"${letter}" is in no input`;
    dims.push(dim);
  }
  return dims;
};

const definition = defineNode({
  name: "einsum",
  stem: "einsum",
  doc: "Einstein's summation: products of tensors, summed over the letters that the result lacks.",
  ports: [
    { name: "x", dtype: "float" },
    { name: "others", dtype: "same", many: true },
  ],
  parameters: z.strictObject({
    equation: role.structure(
      z.string().regex(/^[A-Za-z]+(,[A-Za-z]+)+->(?:([A-Za-z])(?!.*\2))+$/, {
        error: 'must be terms of letters such as "bij,bjk->bik", with no letter twice in the result',
      }),
    ),
  }),
  positional: ["equation"],
  parametersFirst: true,
  infer: (inputs, { equation }) => {
    const shape = resultOf(
      equation,
      inputs.map((input) => input.shape),
    );
    return typeof shape === "string" ? `einsum "${equation}": ${shape}` : { shape, dtype: "float" };
  },
  flops: (inputs, _, { equation }) => {
    const terms = equation.replaceAll(" ", "").split("->")[0]!.split(",");
    const sizes = new Map(
      terms.flatMap((term, place) => [...term].map((axis, index) => [axis, inputs[place]!.shape[index]!] as const)),
    );
    return 2 * elements([...sizes.values()]);
  },
});

/** Its method takes the equation first. */
export const einsum: NodeDefinition = Object.freeze({
  ...definition,
  step: ([equation, others, ...more], site) => definition.step([others, equation, ...more], site),
} satisfies NodeDefinition);

export interface Einsum<Equation extends string, Others extends readonly unknown[]> extends Op {
  readonly is: ["einsum", Equation, Others];
  readonly out: this["in"] extends Typed<any, infer D>
    ? D extends "int"
      ? NeedsFloat<"einsum">
      : Mixed<D, Others, "einsum"> extends infer Misfit
        ? Misfit[] extends never[]
          ? FloatOutcome<Result<Equation, [this["in"], ...Others]>>
          : Misfit
        : never
    : never;
}
type Result<Equation extends string, Tensors extends readonly unknown[]> = string extends Equation
  ? Dim[]
  : number extends Tensors["length"]
    ? Dim[]
    : Equation extends `${infer Left}->${infer Right}`
      ? Terms<Left> extends infer T extends readonly string[]
        ? T["length"] extends Tensors["length"]
          ? Bound<T, Tensors, First<Equation>, {}> extends infer Letters
            ? Letters extends string
              ? `einsum "${Equation}": ${Letters}`
              : Right extends `${First<Equation>}${string}`
                ? Read<Right, Letters> extends infer Dims
                  ? Dims extends string
                    ? `einsum "${Equation}": ${Dims}`
                    : Dims
                  : never
                : `einsum "${Equation}": "${Right}" must begin with "${First<Equation>}", the batch axis`
            : never
          : `einsum "${Equation}": it has ${T["length"]} terms for ${Tensors["length"]} tensors`
        : never
      : `einsum: "${Equation}" must be terms of letters such as "bij,bjk->bik"`;
type First<Equation extends string> = Equation extends `${infer Letter}${string}` ? Letter : "";
type Terms<Left extends string> = Left extends `${infer Term},${infer More}` ? [Term, ...Terms<More>] : [Left];
/** The sizes of the letters, or what is wrong. */
type Bound<T, Tensors, Batch extends string, Letters> = T extends readonly [infer Term extends string, ...infer More]
  ? Tensors extends readonly [Typed<infer S>, ...infer Rest]
    ? Term extends `${Batch}${string}`
      ? BoundTerm<Term, S, Letters, Term, S> extends infer Next
        ? Next extends string
          ? Next
          : Bound<More, Rest, Batch, Next>
        : never
      : `"${Term}" must begin with "${Batch}", the batch axis`
    : never
  : Letters;
type BoundTerm<Term extends string, S extends Shape, Letters, Whole extends string, All extends Shape> =
  SameLength<Whole, All> extends true
    ? BoundLetters<Term, S, Letters>
    : `"${Whole}" does not name the axes of ${Show<All>}`;
type SameLength<Term extends string, S extends Shape> =
  IsDynamicRank<S> extends true
    ? true
    : Term extends `${string}${infer More}`
      ? S extends readonly [unknown, ...infer Rest extends Shape]
        ? SameLength<More, Rest>
        : false
      : S extends readonly []
        ? true
        : false;
type BoundLetters<Term extends string, S extends Shape, Letters> = Term extends `${infer Letter}${infer More}`
  ? SizeAt<S> extends infer D extends Dim
    ? Letter extends keyof Letters
      ? SameDim<Letters[Letter], D> extends true
        ? BoundLetters<
            More,
            Tail<S>,
            number extends Letters[Letter] ? Omit<Letters, Letter> & { [K in Letter]: D } : Letters
          >
        : `"${Letter}" is both ${Letters[Letter] & Dim} and ${D}`
      : BoundLetters<More, Tail<S>, Letters & { [K in Letter]: D }>
    : never
  : Letters;
type SizeAt<S extends Shape> = S extends readonly [infer D extends Dim, ...Shape] ? D : number;
type Tail<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : S;
type Read<Right extends string, Letters, Out extends Shape = []> = Right extends `${infer Letter}${infer More}`
  ? Letter extends keyof Letters
    ? Read<More, Letters, [...Out, Letters[Letter] & Dim]>
    : `"${Letter}" is in no input`
  : Out;

export interface EinsumMethod {
  /**
   * Einstein's summation, this tensor first: products, summed over the letters that the result lacks.
   *
   * @param equation a term of letters for every tensor, and one for the result; each begins with the batch axis
   * @param others one tensor or a list of them
   * @example q.einsum("bqhd,bkhd->bhqk", k) // [batch, 16, 8, 64] and [batch, 16, 8, 64] -> [batch, 8, 16, 16]
   */
  einsum<Self, const Equation extends string, const Others extends AnyTensor | readonly AnyTensor[]>(
    this: Self,
    equation: Fits<Self, Einsum<Equation, Listed<Others>>, Equation>,
    others: Others,
  ): Then<Self, Einsum<Equation, Listed<Others>>>;
}
