import type { AnyTensor } from "../src/graph/index.ts";
import type { Shape } from "../src/shapes/index.ts";
import { evaluate, fits, type Outcome, type Program } from "./random-programs.ts";

/** A program written by hand: one `const` a statement; all but the last fit. */
export const writtenProgram = (statements: readonly string[]): Program => {
  const values: Record<string, AnyTensor> = {};
  let end: Omit<Program, "statements" | "operations"> | undefined;
  for (const [place, statement] of statements.entries()) {
    const [, result, text] = /^const (\w+) = (.*);$/.exec(statement)!;
    const value = evaluate(text!, values);
    if (!fits(value) && place < statements.length - 1) throw new Error(`${statement}: ${value.sentence}`);
    const outcome: Outcome = fits(value) ? { shape: value.shape as Shape, dtype: value.dtype } : value;
    end = {
      result: result!,
      outcome,
      tensor: fits(value) ? value : undefined,
      misfit: fits(value) ? undefined : { text: text!, values: { ...values } },
    };
    if (fits(value)) values[result!] = value;
  }
  return { statements: statements.join(" "), operations: [], ...end! };
};
