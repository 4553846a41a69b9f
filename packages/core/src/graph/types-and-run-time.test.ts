import { expect, test } from "vitest";
import { randomFrom } from "../../test/random.ts";
import {
  allOperations,
  type Program,
  programCount,
  programSeed,
  randomPrograms,
  showOutcome,
} from "../../test/random-programs.ts";
import { refusals, wrongNumbers } from "../../test/refusals.ts";
import { typeCheck } from "../../test/type-check.ts";

const header = `import { graph, type Typed } from "../../src/graph/index.ts";
import type { DType, Shape, Show } from "../../src/shapes/index.ts";
declare const n: number;
declare function shown<S extends Shape, D extends DType>(x: Typed<S, D>): \`\${D} \${Show<S>}\`;
`;

/** The checker's answer to one program: a shape, or the diagnostics of its misfit. */
interface Answer {
  readonly shape?: string;
  readonly diagnostics: readonly string[];
}

/** Every result is assigned to `never`, so that the checker prints its type. */
const askTypes = (programs: readonly Program[]): readonly Answer[] => {
  const lines = programs.map(
    ({ statements, result }, i) =>
      `export const p${i} = () => { ${statements} const end: never = shown(${result}); };\n`,
  );
  const output = typeCheck(header + lines.join(""), ["--noUnusedLocals", "false"]);
  const first = header.split("\n").length;
  const said = programs.map((): string[] => []);
  for (const [, line, message] of output.matchAll(/program\.ts\((\d+),\d+\): error (.*)/g))
    said[Number(line) - first]!.push(message!.replaceAll("\\", ""));
  return said.map((diagnostics) => {
    const shapes = diagnostics.map((message) => /Type '"(.*)"' is not assignable to type 'never'/.exec(message)?.[1]);
    const others = diagnostics.filter((_, place) => shapes[place] === undefined);
    const shape = shapes.find((found) => found !== undefined);
    return others.length || shape === undefined ? { diagnostics: others } : { shape, diagnostics: [] };
  });
};

/** Refusals that types leave to the run time, so that functions generic in a size can call every method. */
const onlyAtRunTime = ["unknown-size", "outside-block", "too-large"];

/** A pattern of what types say: a size that only the run time knows is "?" there. */
const pattern = (atRunTime: string, hasRunTimeSizes: boolean): string => {
  const literal = atRunTime.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return hasRunTimeSizes ? literal.replaceAll(/\d+/g, "(?:$&|\\?)") : literal;
};

const agree = ({ statements, outcome }: Program, types: Answer): boolean => {
  const hasRunTimeSizes = /\bn\b/.test(statements);
  const expected = pattern(showOutcome(outcome), hasRunTimeSizes);
  if (!("sentence" in outcome)) return types.shape !== undefined && new RegExp(`^${expected}$`).test(types.shape);
  if (onlyAtRunTime.includes(outcome.code) || hasRunTimeSizes) return true;
  return types.diagnostics.some((message) => new RegExp(`"${expected}"`).test(message));
};

test("what is written down as refused is refused, and what stands beside it fits", () => {
  for (const { refused, fits, params } of refusals) {
    const code = "sentence" in refused.outcome ? refused.outcome.code : "nothing";
    expect([code === "nothing", params !== undefined, fits && showOutcome(fits.outcome), refused.statements]).toEqual([
      false,
      code === "bad-parameter",
      fits?.tensor && showOutcome(fits.outcome),
      refused.statements,
    ]);
  }
});

const report = ({ statements, outcome }: Program, { shape, diagnostics }: Answer): string =>
  `${statements}\n  at run time: ${showOutcome(outcome)}\n  in types:    ${shape ?? diagnostics.join("\n    ")}`;

test("types and run time agree in shape, dtype and the text of every message", () => {
  const drawn = randomPrograms(randomFrom(programSeed), programCount);
  const written = refusals.flatMap(({ refused, fits }) => [refused, ...(fits ? [fits] : [])]);
  const programs = [...drawn, ...written, ...wrongNumbers];
  const answers = askTypes(programs);

  const wrong = programs.flatMap((program, i) => (agree(program, answers[i]!) ? [] : [report(program, answers[i]!)]));
  const misfits = answers.filter(({ shape }) => shape === undefined).length;
  console.log(
    `FLAXEN_SEED=${programSeed}: ${programs.length} programs, ${misfits} misfits, ${wrong.length} disagreements`,
  );
  expect(wrong.slice(0, 10).join("\n"), `FLAXEN_SEED=${programSeed}`).toBe("");

  const used = new Map<string, number>();
  for (const name of programs.flatMap(({ operations }) => operations)) used.set(name, (used.get(name) ?? 0) + 1);
  expect(allOperations.filter((name) => (used.get(name) ?? 0) < 5)).toEqual([]);
  expect(misfits).toBeGreaterThan(400);
  expect(programs.length - misfits).toBeGreaterThan(1200);
});
