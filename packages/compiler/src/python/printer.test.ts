import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ruff, runPython } from "../../test/python.ts";
import { withoutMarks } from "./marks.ts";
import { statementsText } from "./statement.ts";
import * as py from "./tree.ts";

type Expression = py.Expression;

const identifier = fc.constantFrom(
  "x",
  "image",
  "logits",
  "self",
  "a_rather_long_name_of_a_user_for_a_layer_of_the_trunk",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("\n", '"', "'", "\\", "é\u202E", "it's"),
);

const operators: readonly py.Operator[] = ["+", "-", "*", "/", "**", "@", "==", "!=", "<", "<=", ">", ">="];
const bound = fc.option(fc.integer({ min: -9, max: 9 }), { nil: undefined });

const { expression } = fc.letrec<{ expression: Expression; primary: Expression }>((tie) => ({
  primary: fc.oneof(
    { depthSize: "small" },
    identifier.map(py.name),
    text.map(py.string),
    fc.integer().map(py.integer),
    fc.double().map(py.float),
    fc.boolean().map(py.boolean),
    fc.record({ value: tie("primary"), name: identifier }).map(({ value, name }) => py.attribute(value, name)),
    fc
      .tuple(
        identifier,
        fc.array(tie("expression"), { maxLength: 5 }),
        fc.option(tie("expression"), { nil: undefined }),
      )
      .map(([callee, args, rate]) => py.call(callee, ...args, ...(rate ? [{ rate }] : []))),
    fc.record({ value: tie("primary"), key: text }).map(({ value, key }) => py.item(value, key)),
    fc.array(tie("expression"), { maxLength: 4 }).map((items) => py.list(...items)),
    fc.array(tie("expression"), { maxLength: 4 }).map((items) => py.tuple(...items)),
    fc.array(fc.tuple(text, tie("expression")), { maxLength: 4 }).map((entries) => py.dict(entries)),
    tie("expression").map((value) => py.marked("node1", value)),
    tie("primary").map(py.column),
    fc
      .tuple(
        tie("primary"),
        fc.integer({ min: 0, max: 3 }),
        bound,
        bound,
        fc.option(fc.constantFrom(2, -1), { nil: undefined }),
      )
      .map(([value, axis, start, end, step]) => py.cut(value, axis, start, end, step)),
    fc
      .tuple(tie("primary"), fc.integer({ min: 1, max: 99 }))
      .map(([item, count]): Expression => ({ kind: "times", item, count })),
  ),
  expression: fc.oneof(
    { depthSize: "small" },
    tie("primary"),
    tie("expression").map(py.not),
    fc
      .tuple(tie("expression"), fc.constantFrom<py.Operator>(...operators), tie("expression"))
      .map(([left, operator, right]) => py.binary(left, operator, right)),
    fc
      .tuple(
        fc.array(identifier, { maxLength: 2 }).map((names) => [...new Set(names)]),
        tie("expression"),
      )
      .map(([parameters, body]): Expression => ({ kind: "lambda", parameters, body })),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([condition, value, otherwise]) => py.conditional(condition, value, otherwise)),
    fc.tuple(tie("expression"), fc.boolean()).map(([value, silent]) => py.call("f", py.option("rate", value, silent))),
  ),
}));

/** The tree as Python's `ast` would show it, in the words of `reader`. */
const shape = (e: Expression): unknown => {
  switch (e.kind) {
    case "name":
      return ["name", e.name];
    case "constant":
      return ["constant", e.name];
    case "slice":
      return ["slice", ...[e.start, e.end, e.step].map((bound) => bound ?? null)];
    case "times":
      return ["times", shape(e.item), e.count];
    case "string":
      return ["string", [...e.value].map((character) => character.codePointAt(0))];
    case "integer":
      return ["int", String(e.value)];
    case "float":
      return ["float", bits(e.value)];
    case "attribute":
      return ["attribute", shape(e.value), e.name];
    case "subscript":
      return ["subscript", shape(e.value), shape(e.index)];
    case "call":
      return ["call", shape(e.callee), e.args.flatMap(argumentShape)];
    case "tuple":
    case "list":
      return [e.kind, e.items.map(shape)];
    case "dict":
      return ["dict", e.entries.map(({ key, value }) => [shape(key), shape(value)])];
    case "unary":
      return [e.operator, shape(e.operand)];
    case "binary":
      return [e.operator, shape(e.left), shape(e.right)];
    case "lambda":
      return ["lambda", e.parameters, shape(e.body)];
    case "conditional":
      return ["if", shape(e.condition), shape(e.value!), shape(e.otherwise)];
    case "option":
    case "unpacked":
    case "marked":
      return shape(e.value);
  }
};

/** What is silent is not written. */
const argumentShape = ({ keyword, value }: py.Argument): readonly unknown[] =>
  value.kind === "option" && value.silent ? [] : [[keyword ?? null, shape(value)]];

const bits = (value: number): string => Buffer.from(new Float64Array([value]).buffer).toString("hex");

const reader = `
import ast, json, struct, sys

OPERATORS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "Pow": "**", "MatMult": "@"}
OPERATORS |= {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}

def shape(e):
    match e:
        case ast.Name(): return ["name", e.id]
        case ast.Constant(value=bool() | None): return ["constant", str(e.value)]
        case ast.Constant(value=str()): return ["string", [ord(c) for c in e.value]]
        case ast.Constant(value=int()): return ["int", str(e.value)]
        case ast.Constant(value=float()): return ["float", struct.pack("<d", e.value).hex()]
        case ast.Attribute(): return ["attribute", shape(e.value), e.attr]
        case ast.Subscript(): return ["subscript", shape(e.value), shape(e.slice)]
        case ast.Call():
            return ["call", shape(e.func), [[None, shape(a)] for a in e.args] + [[k.arg, shape(k.value)] for k in e.keywords]]
        case ast.Slice(): return ["slice", *(None if b is None else ast.literal_eval(b) for b in (e.lower, e.upper, e.step))]
        case ast.ListComp(): return ["times", shape(e.elt), ast.literal_eval(e.generators[0].iter.args[0])]
        case ast.Tuple(): return ["tuple", [shape(i) for i in e.elts]]
        case ast.List(): return ["list", [shape(i) for i in e.elts]]
        case ast.Dict(): return ["dict", [[shape(k), shape(v)] for k, v in zip(e.keys, e.values)]]
        case ast.UnaryOp(): return ["not" if isinstance(e.op, ast.Not) else "-", shape(e.operand)]
        case ast.BinOp(): return [OPERATORS[type(e.op).__name__], shape(e.left), shape(e.right)]
        case ast.Compare(): return [OPERATORS[type(e.ops[0]).__name__], shape(e.left), shape(e.comparators[0])]
        case ast.IfExp(): return ["if", shape(e.test), shape(e.body), shape(e.orelse)]
        case ast.Lambda(): return ["lambda", [a.arg for a in e.args.args], shape(e.body)]
    raise TypeError(ast.dump(e))

print(json.dumps([shape(ast.parse(source).body[0].value) for source in json.load(sys.stdin)]))
`;

const samples = <T>(arbitrary: fc.Arbitrary<T>, count: number): readonly T[] =>
  fc.sample(arbitrary, { numRuns: count, seed: Number(process.env.FLAXEN_TEST_SEED ?? 7) });

test("printed expressions mean in Python what the tree says", () => {
  const trees = samples(expression, 1500);
  const sources = trees.map((tree) => withoutMarks("f.py", statementsText([py.assign("value", tree)])).text);
  expect(sources.every((source) => /^[\x20-\x7E\n]*$/.test(source))).toBe(true);
  expect(runPython(reader, sources)).toEqual(trees.map(shape));
});

/** What emitted code is made of: calls, names and collections in each other, operators at the outside only. */
const { tidy } = fc.letrec<{ tidy: Expression }>((tie) => ({
  tidy: fc.oneof(
    { depthSize: "small" },
    identifier.map(py.name),
    fc.constantFrom("loss", "digit/accuracy", "it's").map(py.string),
    fc
      .tuple(
        fc.oneof(
          identifier.map(py.name),
          tie("tidy").map((x) => py.call("f", x)),
        ),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([base, exponent]) => py.binary(base, "**", py.integer(exponent))),
    identifier.map((x) => py.column(py.name(x))),
    fc.integer({ min: -5000, max: 5000 }).map(py.integer),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(py.float),
    fc
      .tuple(identifier, fc.array(tie("tidy"), { minLength: 1, maxLength: 6 }), fc.boolean())
      .map(([callee, args, train]) =>
        py.call(`self.${callee}`, ...args, { train: train ? py.name("train") : undefined }),
      ),
    fc
      .array(fc.tuple(fc.constantFrom("loss", "rows", "digit"), tie("tidy")), { minLength: 1, maxLength: 4 })
      .map((entries) => py.dict(entries)),
    fc.array(tie("tidy"), { minLength: 2, maxLength: 4 }).map((items) => py.list(...items)),
  ),
}));
const sums = fc
  .array(fc.tuple(identifier, identifier), { minLength: 3, maxLength: 6 })
  .map((terms) => py.sum(terms.map(([a, b]) => py.binary(py.item(py.name("hp"), a), "*", py.name(b)))));

const shifted = fc
  .tuple(identifier, tidy)
  .map(([x, value]) => py.binary(py.name(x), "+", py.call("self.block1", value, { train: py.name("train") })));

const chosen = fc
  .tuple(identifier, identifier, identifier)
  .map(([flag, x, y]) => py.conditional(py.dotted(`self.${flag}`), py.binary(py.name(x), "+", py.name(y)), py.name(y)));
const conditions = fc
  .tuple(identifier, tidy)
  .map(([flag, value]) =>
    py.when(py.dotted(`self.${flag}`), py.assign("x", value, "[batch, 8]"), py.assign("y", value)),
  );

test("ruff format leaves printed statements as they are", () => {
  const statements = samples(fc.oneof(tidy, sums, shifted, chosen), 400).map((tree) => py.assign("value", tree));
  const body = samples(tidy, 50).map((value): py.Statement => ({ kind: "return", value, comment: "[batch, 10]" }));
  const functions = body.map(
    (statement, i): py.Statement => ({
      kind: "function",
      name: `f${i}`,
      parameters: ["image", "hp", "train", "another_input_of_the_model"]
        .slice(0, i % 5)
        .flatMap((name) => (i > 40 ? [name, `${name}_and_a_long_name`] : [name]))
        .map((name) => ({
          name,
          keywordOnly: name.startsWith("train"),
          default: name === "train" ? py.boolean(false) : undefined,
        })),
      docstring: i % 2 === 0 ? "What it does." : undefined,
      body: [statement],
    }),
  );
  const source = `${withoutMarks("f.py", statementsText([...statements, ...samples(conditions, 50), ...functions])).text}\n`;
  expect(ruff(["format", "--isolated", "--line-length=120", "--diff", "-"], { input: source })).toBe("");
});
