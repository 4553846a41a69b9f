import { FlaxenError } from "@flaxen/errors";
import { graph } from "../src/graph/index.ts";
import { type Dim, type DType, type Shape, show, unknownSize } from "../src/shapes/index.ts";
import { operations } from "./operations/index.ts";
import type { Writer } from "./operations/operation.ts";
import type { Random } from "./random.ts";

/** The size that programs call `n`: a `number` in types, this one at run time. */
export const runTimeSize = 3;

/** What a program gives: "float [batch, 3]", or the first line of its error. */
export type Outcome =
  | { readonly shape: Shape; readonly dtype: DType }
  | { readonly sentence: string; readonly code: string };

export interface Program {
  readonly text: string;
  readonly outcome: Outcome;
  /** Names of the methods that it calls. */
  readonly operations: readonly string[];
}

export const evaluate = (text: string): Outcome => {
  try {
    return new Function("graph", "n", `return ${text}`)(graph, runTimeSize) as Outcome;
  } catch (error) {
    if (!FlaxenError.isInstance(error)) throw new Error(`${text} threw ${error}`, { cause: error });
    return { sentence: error.message.split("\n")[0]!, code: error.code };
  }
};

type Fitting = Extract<Outcome, { readonly shape: Shape }>;

const dimText = (dim: Dim): string => (dim === "n" ? "n" : JSON.stringify(dim));
const inputText = (shape: Shape, dtype: DType): string =>
  `graph.input("x", [${shape.map(dimText).join(", ")}]${dtype === "int" ? `, { dtype: "int" }` : ""})`;

const writerFrom = (random: Random): Writer => {
  const { chance, between, pick } = random;
  const anyDim = (): Dim => pick([1, 1, 2, 3, 4, 5, 6, 8, 12, 28, "time", "height", unknownSize, "n"]);
  const size = (high: number): string => (chance(0.06) ? "n" : `${between(1, high)}`);
  return {
    ...random,
    anyDim,
    size,
    sizes: (high) => (chance(0.7) ? size(high) : `[${size(high)}, ${size(high)}]`),
    options(...parts) {
      const given = parts.filter((part) => part !== false);
      return given.length ? `, { ${given.join(", ")} }` : "";
    },
    input: inputText,
    near({ shape, dtype }) {
      const rest = shape.slice(1).map((dim) => (chance(0.05) ? anyDim() : chance(0.12) ? 1 : dim));
      const other = dtype === "int" ? "float" : "int";
      return inputText(chance(0.15) ? rest.slice(1) : rest, chance(0.05) ? other : dtype);
    },
  };
};

/** Writes calls that fit what stands before them, more often than not. */
const callWriter = (random: Random) => {
  const writer = writerFrom(random);
  const names = Object.keys(operations);
  const fitting = (before: Fitting): readonly string[] =>
    names.flatMap((name) => Array.from({ length: operations[name]!.fits(before) }, () => name));
  return {
    input: () =>
      inputText(Array.from({ length: random.between(0, 3) }, writer.anyDim), random.chance(0.15) ? "int" : "float"),
    /** @param alone without other tensors */
    call(before: Fitting, alone: boolean): readonly [name: string, text: string] {
      const drawn = random.chance(0.06) ? names : fitting(before);
      const name = random.pick(drawn.filter((candidate) => !alone || !operations[candidate]!.readsOthers));
      return [name, operations[name]!.write(before, writer)];
    },
  };
};

/** How a chain of calls is put into a block. */
const wrappings: Readonly<Record<string, (chain: string) => string>> = {
  pipe: (chain) => `.pipe(graph${chain})`,
  "nested pipe": (chain) => `.pipe(graph.pipe(graph${chain}).pipe((x) => x))`,
  "piped function": (chain) => `.pipe((x) => x${chain})`,
  residual: (chain) => `.residual(graph${chain})`,
  "residual function": (chain) => `.residual((x) => x${chain})`,
  "residual in a block": (chain) => `.pipe(graph.residual(graph${chain}))`,
  "named block": (chain) => `.pipe(graph.block("part", graph${chain}))`,
  "named block in a block": (chain) => `.pipe(graph.block("part", (x) => x${chain}).pipe((x) => x))`,
};

export const randomProgram = (random: Random): Program => {
  const { chance, between, pick } = random;
  const writer = callWriter(random);
  const used: string[] = [];

  /** A chain of calls, and the text of the whole up to its end. */
  const chain = (start: string, length: number, alone = false): string => {
    let calls = "";
    for (let i = 0; i < length; i++) {
      const before = evaluate(start + calls);
      if ("sentence" in before) break;
      const [name, text] = writer.call(before, alone);
      used.push(name);
      calls += text;
    }
    return calls;
  };

  let text = writer.input();
  for (let i = between(1, 5); i > 0 && !("sentence" in evaluate(text)); i--) {
    if (chance(0.6)) {
      text += chain(text, 1);
    } else {
      const wrapping = pick(Object.keys(wrappings));
      used.push(wrapping);
      text += wrappings[wrapping]!(chain(text, between(1, 4), wrapping.startsWith("named")));
    }
  }
  return { text, outcome: evaluate(text), operations: used };
};

/** Every name that a program's `operations` may hold. */
export const allOperations: readonly string[] = [...Object.keys(operations), ...Object.keys(wrappings)];

/** "float [batch, 3]" */
export const showOutcome = (outcome: Outcome): string =>
  "sentence" in outcome ? outcome.sentence : `${outcome.dtype} ${show(outcome.shape)}`;
