import { expect, test } from "vitest";
import { withoutMarks } from "./marks.ts";
import { statementsText } from "./statement.ts";
import { assign, binary, call, dict, marked, name, returns, string, tuple } from "./tree.ts";

const long = (count: number) => Array.from({ length: count }, (_, i) => name(`argument_number_${i}`));

test("what fits stands on one line, then in brackets on a line, then one a line with a comma at the end", () => {
  expect(statementsText([assign("x", call("f", ...long(2)))])).toBe("x = f(argument_number_0, argument_number_1)");
  expect(statementsText([assign("x", call("function", ...long(6)))])).toBe(
    `x = function(\n    ${long(6)
      .map((one) => "name" in one && one.name)
      .join(", ")}\n)`,
  );
  expect(statementsText([assign("x", call("f", ...long(7)))]).split("\n")).toHaveLength(9);
});

test("one operator before brackets: these break instead, whether what stands before is a name or in parentheses", () => {
  const sum = binary(name("a_first_summand"), "+", name("a_second_summand"));
  for (const [left, text] of [
    [name("factor"), "factor"],
    [sum, "(a_first_summand + a_second_summand)"],
  ] as const)
    expect(statementsText([assign("x", binary(left, "*", call("some_function", ...long(5))))])).toBe(
      `x = ${text} * some_function(\n    argument_number_0, argument_number_1, argument_number_2, argument_number_3, argument_number_4\n)`,
    );
});

test("a comment that does not fit behind its line stands above it", () => {
  const value = call("f", ...long(5));
  expect(statementsText([returns(value, "a rather long remark on what is returned here")])).toMatch(/^# a rather long/);
  expect(statementsText([assign("X", tuple(...long(7)), "why")])).toMatch(/^X = \( {2}# why\n/);
});

test("marks give lines and columns, also of what is broken over lines", () => {
  const inner = marked("inner", call("g", ...long(6)));
  const text = statementsText([
    assign("y", marked("first", name("x"))),
    assign("x", marked("outer", dict({ key: inner }))),
  ]);
  const { text: clean, ranges } = withoutMarks("model.py", text);
  expect(clean).toMatch(/^[\x20-\x7E\n]*$/);
  expect(ranges.map(({ node, line, column, endLine }) => [node, line, column, endLine])).toEqual([
    ["first", 1, 4, 1],
    ["outer", 2, 4, 6],
    ["inner", 3, 11, 5],
  ]);
  expect(withoutMarks("f", statementsText([assign("x", string("\uE000"))])).text).toBe('x = "\\ue000"');
});
