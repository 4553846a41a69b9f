import { FlaxenError } from "@flaxen/errors";
import { type AnyTensor, graph } from "../src/graph/index.ts";
import { type Dim, type DType, type Shape, sameShape, show, unknownSize } from "../src/shapes/index.ts";
import { operations } from "./operations/index.ts";
import type { Reached, Writer } from "./operations/operation.ts";
import type { Random } from "./random.ts";
import { wrappings } from "./wrappings.ts";

/** The size that programs call `n`: a `number` in types, this one at run time. */
export const runTimeSize = 3;

/** How many are looked at, by types and by JAX: the same ones on one day, others on the next. */
export const programCount = 2400;
export const programSeed = Number(process.env.FLAXEN_SEED ?? Math.floor(Date.now() / 86_400_000));

/** What a program gives: "float [batch, 3]", or the first line of its error. */
export type Outcome =
  | { readonly shape: Shape; readonly dtype: DType }
  | { readonly sentence: string; readonly code: string };

/** Inputs, then values made of them and of each other; the last one is the program's. */
export interface Program {
  /** `const x1 = graph.input("x1", [4]); const y1 = x1.dense(3);` */
  readonly statements: string;
  /** The name of the last value: "y1". */
  readonly result: string;
  readonly outcome: Outcome;
  /** What it gives, where it fits. */
  readonly tensor: AnyTensor | undefined;
  /** The last statement's call, where it does not fit, and the values that it may read. */
  readonly misfit: { readonly text: string; readonly values: Readonly<Record<string, AnyTensor>> } | undefined;
  /** Names of the methods that it calls. */
  readonly operations: readonly string[];
}

export type Attempt = AnyTensor | { readonly sentence: string; readonly code: string };
export const fits = (attempt: Attempt): attempt is AnyTensor => !("sentence" in attempt);

/** The value of an expression over values that have names. */
export const evaluate = (text: string, values: Readonly<Record<string, unknown>> = {}): Attempt => {
  try {
    const names = Object.keys(values);
    return new Function("graph", "n", ...names, `return ${text}`)(graph, runTimeSize, ...Object.values(values));
  } catch (error) {
    if (!FlaxenError.isInstance(error)) throw new Error(`${text} threw ${error}`, { cause: error });
    return { sentence: error.message.split("\n")[0]!, code: error.code };
  }
};

const dimText = (dim: Dim): string => (dim === "n" ? "n" : JSON.stringify(dim));
const inputText = (name: string, shape: Shape, dtype: DType): string =>
  `graph.input("${name}", [${shape.map(dimText).join(", ")}]${dtype === "int" ? `, { dtype: "int" }` : ""})`;

/** Every name that a program's `operations` may hold. */
export const allOperations: readonly string[] = [...Object.keys(operations), ...Object.keys(wrappings)];

interface Options {
  /** Whether calls that do not fit are drawn again: the program fits. */
  readonly careful: boolean;
  /** How often each operation fitted so far; counted on. */
  readonly used: Map<string, number>;
  /** The operation that the program begins with, where it can. */
  readonly first: string;
}

/** One program while it is written. */
class Draft {
  readonly operations: string[] = [];
  statements: string[] = [];
  values: Record<string, AnyTensor> = {};
  readonly #random: Random;
  readonly #options: Options;
  readonly #writer: Writer;

  constructor(random: Random, options: Options) {
    this.#random = random;
    this.#options = options;
    this.#writer = this.#writerOf(random);
  }

  #writerOf(random: Random): Writer {
    const { chance, between, pick } = random;
    const rarely = (probability: number) => chance(this.#options.careful ? probability / 8 : probability);
    const anyDim = (): Dim => pick([1, 1, 2, 3, 4, 5, 6, 8, 12, 28, "time", "height", unknownSize, "n"]);
    const size = (high: number): string => (chance(0.06) ? "n" : `${between(1, high)}`);
    return {
      ...random,
      anyDim,
      size,
      sizes: (high) => (chance(0.7) ? size(high) : `[${size(high)}, ${size(high)}]`),
      sizesOn: (axes, high) =>
        chance(0.7) ? size(high) : `[${Array.from({ length: axes }, () => size(high)).join(", ")}]`,
      options(...parts) {
        const given = parts.filter((part) => part !== false);
        return given.length ? `, { ${given.join(", ")} }` : "";
      },
      input: (shape, dtype) => this.input(shape, dtype),
      near: ({ shape, dtype }) => {
        const rest = shape.slice(1).map((dim) => (rarely(0.05) ? anyDim() : rarely(0.12) ? 1 : dim));
        const wanted = { shape: rarely(0.15) ? rest.slice(1) : rest, dtype: rarely(0.05) ? other(dtype) : dtype };
        const known = Object.entries(this.values).filter(
          ([, value]) => value.dtype === wanted.dtype && sameShape(value.shape.slice(1), wanted.shape),
        );
        return known.length && chance(0.6) ? pick(known)[0] : this.input(wanted.shape, wanted.dtype);
      },
    };
  }

  /** Adds a statement; gives its value's name. */
  #add(kind: string, text: (name: string) => string, value?: AnyTensor): string {
    const name = `${kind}${this.statements.length + 1}`;
    const made = value ?? evaluate(text(name), this.values);
    this.statements.push(`const ${name} = ${text(name)};`);
    if (fits(made)) this.values[name] = made;
    return name;
  }

  input(shape: Shape, dtype: DType): string {
    return this.#add("x", (name) => inputText(name, shape, dtype));
  }

  /** An input, if possible one that the operation can read. */
  firstInput(name: string): string {
    const { chance, between } = this.#random;
    for (let tries = 0; ; tries++) {
      const shape = Array.from({ length: between(0, 4) }, () => this.#writer.anyDim());
      const dtype = chance(0.2) ? "int" : "float";
      const fitting = operations[name]?.fits({ shape: ["batch", ...shape], dtype }) ?? 1;
      if (fitting > 0 || tries > 200) return this.input(shape, dtype);
    }
  }

  #draw(before: Reached): string {
    const names = Object.keys(operations);
    if (!this.#options.careful && this.#random.chance(0.06)) return this.#random.pick(names);
    const fitting = names.filter((name) => operations[name]!.fits(before) > 0);
    if (this.#random.chance(0.4)) return leastUsed(fitting, this.#options.used);
    return this.#random.pick(
      fitting.flatMap((name) => Array.from({ length: Math.ceil(operations[name]!.fits(before) * 10) }, () => name)),
    );
  }

  /** The text of calls, one after another, up to the first that does not fit. */
  #chain(from: string, length: number, first?: string): readonly [text: string, names: readonly string[]] {
    const names: string[] = [];
    let text = "";
    for (let i = 0; i < length; i++) {
      const before = evaluate(from + text, this.values);
      if (!fits(before)) break;
      const name = i === 0 && first !== undefined ? first : this.#draw(before);
      names.push(name);
      text += operations[name]!.write(before, this.#writer);
    }
    return [text, names];
  }

  /** Appends one call to a value; gives whether it fitted. */
  call(from: string, wanted?: string): boolean {
    const { chance, between, pick } = this.#random;
    const begun = this.statements.length;
    const values = { ...this.values };
    const wraps = wanted === undefined ? chance(0.4) : wanted in wrappings;
    const wrapping = wraps ? (wanted ?? pick(Object.keys(wrappings))) : undefined;
    const [chain, names] = this.#chain(from, wraps ? between(1, 3) : 1, wraps ? undefined : wanted);
    const text = from + (wrapping === undefined ? chain : wrappings[wrapping]!(chain));
    const value = evaluate(text, this.values);
    const calls = wrapping === undefined ? names : [...names, wrapping];
    if (!fits(value) && this.#options.careful) {
      this.statements.length = begun;
      this.values = values;
      return false;
    }
    this.operations.push(...calls);
    const { used } = this.#options;
    if (fits(value)) for (const name of calls) used.set(name, (used.get(name) ?? 0) + 1);
    this.#add("y", () => text, fits(value) ? value : undefined);
    return fits(value);
  }

  /** A value to go on with: the last one, or seldom an earlier one. */
  last(): string {
    const { chance, pick } = this.#random;
    const made = Object.keys(this.values).filter((name) => name.startsWith("y"));
    if (made.length === 0) return Object.keys(this.values)[0]!;
    return chance(0.8) ? made.at(-1)! : pick(Object.keys(this.values));
  }
}

const other = (dtype: DType): DType => (dtype === "int" ? "float" : "int");

const leastUsed = (names: readonly string[], used: ReadonlyMap<string, number>): string =>
  names.reduce((least, name) => ((used.get(name) ?? 0) < (used.get(least) ?? 0) ? name : least));

const write = (random: Random, options: Options): Program => {
  const draft = new Draft(random, options);
  const input = draft.firstInput(options.first);
  let fitting = true;
  const tryTo = (from: () => string, wanted?: string) => {
    fitting = draft.call(from(), wanted);
    for (let tries = 0; options.careful && !fitting && tries < 12; tries++) fitting = draft.call(from(), wanted);
  };
  tryTo(() => input, options.first);
  for (let i = random.between(0, 4); i > 0 && (fitting || options.careful); i--) tryTo(() => draft.last());

  const { statements, values } = draft;
  const [, result, text] = /^const (\w+) = (.*);$/.exec(statements.at(-1)!)!;
  const attempt = values[result!] ?? evaluate(text!, values);
  const outcome = fits(attempt) ? { shape: attempt.shape as Shape, dtype: attempt.dtype } : attempt;
  return {
    statements: statements.join(" "),
    result: result!,
    outcome,
    tensor: fits(attempt) ? attempt : undefined,
    misfit: fits(attempt) ? undefined : { text: text!, values },
    operations: draft.operations,
  };
};

/**
 * Programs over several inputs that branch, merge, repeat and name blocks: every second one fits, the others may end in a
 * misfit. Each begins with the operation that has fitted least often, so that all of them are tried.
 */
export const randomPrograms = (random: Random, count: number): readonly Program[] => {
  const used = new Map<string, number>();
  const begun = new Map<string, number>();
  return Array.from({ length: count }, (_, i) => {
    const sum = new Map(allOperations.map((name) => [name, (used.get(name) ?? 0) + (begun.get(name) ?? 0)]));
    const first = leastUsed(allOperations, sum);
    begun.set(first, (begun.get(first) ?? 0) + 1);
    return write(random, { careful: i % 2 === 0, used, first });
  });
};

/** "float [batch, 3]" */
export const showOutcome = (outcome: Outcome): string =>
  "sentence" in outcome ? outcome.sentence : `${outcome.dtype} ${show(outcome.shape)}`;
