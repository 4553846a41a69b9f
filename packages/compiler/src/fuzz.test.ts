import { expect, test } from "vitest";
import { checkPrograms, fuzz } from "../test/fuzz/fuzz.ts";

test("100,000 hostile names, strings and numbers: refused by name, or data in what is emitted", () => {
  const seed = Number(process.env.FLAXEN_SEED ?? Date.now() % 2 ** 31);
  const report = fuzz({ cases: 100_000, seed, imports: 40 });
  expect(report.faults, `FLAXEN_SEED=${seed}`).toEqual([]);
  expect(report.programs).toBeGreaterThan(100);
  expect(report.accepted).toBeGreaterThan(2_000);
  expect(report.imported).toBe(40);
  expect(Object.keys(report.refused).length).toBeGreaterThan(15);
});

test.each([
  ["an import", "import os", "import of os"],
  ["a builtin", "x = eval('1')", "the name eval"],
  ["an attribute of Python's own", "x = ().__class__", "the attribute __class__"],
  ["a name from nowhere", "x = canary", "the name canary"],
  ["another statement", "while True:\n    pass", "a While"],
  ["half a literal", 'x = "', "unterminated"],
])("%s in a program would be found", (_, line, fault) => {
  const found = checkPrograms([{ "model.py": `"""A model."""\n${line}\n`, "train.py": "x = 1\n" }], 0);
  expect(found.join("\n")).toContain(fault);
});

test("a program that does harm when it is imported would be heard", () => {
  const harm = 'class Box:\n    pass\n\n\ncanary = Box\nimport sys\n\nsys.modules["builtins"].canary()\n';
  expect(checkPrograms([{ "model.py": harm, "train.py": "x = 1\n" }], 0)).not.toEqual([]);
  const loud = 'import sys\n\nsys.modules["os"].system("true")\n';
  expect(checkPrograms([{ "model.py": loud, "train.py": "x = 1\n" }], 1).join()).toContain("os.system");
});
