import { afterAll, beforeAll, expect, test } from "vitest";
import { block, chain, header, nothing } from "../../test/chains.ts";
import { emitDeclarations, removeDeclarations, typeCheck } from "../../test/type-check.ts";

let declarations = "";
beforeAll(() => {
  declarations = emitDeclarations();
});
afterAll(() => removeDeclarations(declarations));

/** Type instantiations that checking a program takes: exact, the same on every machine. */
const instantiations = (program: string): number => {
  const report = typeCheck(header(`../${declarations}/graph/index.js`) + program, [
    "--extendedDiagnostics",
    "--singleThreaded",
    "--skipLibCheck",
  ]);
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
