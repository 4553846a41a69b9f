import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const known = ["step-keras", "step-torch", "predict-warm"];

test("nothing named means everything", () => {
  expect(readOptions(["--json"], known)).toEqual({ names: known, json: true, record: false, list: false, help: false });
});

test("names are exact, several are fine, and the order is the benches' own", () => {
  expect(readOptions(["predict-warm", "step-keras"], known).names).toEqual(["step-keras", "predict-warm"]);
  expect(() => readOptions(["step"], known)).toThrow('There is no bench "step". There are: step-keras, step-torch');
  expect(() => readOptions(["--jsn"], known)).toThrow(/--jsn/);
});
