import { afterAll, beforeAll, expect, test } from "vitest";
import { emitDeclarations, removeDeclarations, typeCheck } from "../../test/type-check.ts";

const layers = [
  ".conv2d(32, { kernel: 3 })",
  ".batchNorm()",
  ".relu()",
  '.conv2d(32, { kernel: 3, padding: "VALID" })',
  ".dropout(0.1)",
];
const input = 'graph.input("x", [900, 900, 3])';
const nothing = `export const x = ${input};\n`;

/** Each five layers take 2 from height and width. */
const chain = (fives: number): string => {
  const steps = Array.from({ length: fives }, (_, i) => `const x${i + 1} = x${i}${layers.join("")};\n`);
  const side = 900 - 2 * fives;
  return `const x0 = ${input};\n${steps.join("")}export const last: Tensor<["batch", ${side}, ${side}, 32]> = x${fives};\n`;
};
const block = (fives: number): string =>
  `const block = graph${layers.join("").repeat(fives)};\nexport const y = ${input}.pipe(block);\n`;

let declarations = "";
beforeAll(() => {
  declarations = emitDeclarations();
});
afterAll(() => removeDeclarations(declarations));

/** Type instantiations that checking a program takes: exact, the same on every machine. */
const instantiations = (program: string): number => {
  const header = `import { graph, type Tensor } from "../${declarations}/graph/index.js";\nexport type Used = Tensor;\n`;
  const report = typeCheck(header + program, ["--extendedDiagnostics", "--singleThreaded", "--skipLibCheck"]);
  expect(report).not.toContain("error TS");
  return Number(/Instantiations:\s+(\d+)/.exec(report)![1]);
};

test("300 layers cost less than 100,000 instantiations, and less than 215 a layer", () => {
  const all = instantiations(chain(60));
  const each = (all - instantiations(nothing)) / 300;
  console.log(`300 layers: ${all} instantiations, ${each.toFixed(1)} a layer`);
  expect(all).toBeLessThan(100_000);
  expect(each).toBeLessThan(215);
});

test("a block of 20 operations, built and applied, costs less than 460 an operation", () => {
  const each = (instantiations(block(4)) - instantiations(nothing)) / 20;
  console.log(`a block of 20 operations: ${each.toFixed(1)} instantiations an operation`);
  expect(each).toBeLessThan(460);
});
