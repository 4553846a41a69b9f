import { comment, group, ifBroken, indent, joined, type Layout, line, softLine } from "./layout.ts";

import { commentText, floatLiteral, stringLiteral } from "./literals.ts";
import { markEnd, markStart } from "./marks.ts";
import type { Argument, DictEntry, Expression, Operator } from "./tree.ts";

/** How tightly an expression binds: what binds less than its surroundings needs parentheses. */
const precedence = {
  lambda: 0,
  conditional: 1,
  not: 2,
  comparison: 3,
  additive: 4,
  multiplicative: 5,
  negative: 6,
  power: 7,
  primary: 8,
};

const operators: Readonly<Record<Operator, number>> = {
  "+": precedence.additive,
  "-": precedence.additive,
  "*": precedence.multiplicative,
  "/": precedence.multiplicative,
  "@": precedence.multiplicative,
  "**": precedence.power,
  "==": precedence.comparison,
  "!=": precedence.comparison,
  "<": precedence.comparison,
  "<=": precedence.comparison,
  ">": precedence.comparison,
  ">=": precedence.comparison,
};

const strength = (expression: Expression): number => {
  switch (expression.kind) {
    case "marked":
    case "option":
      return strength(expression.value);
    case "conditional":
      return expression.value ? precedence.conditional : strength(expression.otherwise);
    case "binary":
      return operators[expression.operator];
    case "unary":
      return expression.operator === "not" ? precedence.not : precedence.negative;
    case "lambda":
      return precedence.lambda;
    default:
      return precedence.primary;
  }
};

/** Brackets that break as one: first all items on a line of their own (`twoStage`), then one item a line and a comma. */
const bracketed = (open: string, items: readonly Layout[], close: string, twoStage: boolean): Layout => {
  if (items.length === 0) return open + close;
  const inner: Layout = [joined(items, [",", line]), ifBroken(",")];
  return group([open, indent([softLine, twoStage ? group(inner) : inner]), softLine, close]);
};

const inParentheses = (content: Layout): Layout => group(["(", indent([softLine, content]), softLine, ")"]);

const atLeast = (expression: Expression, minimum: number): Layout =>
  strength(expression) < minimum ? inParentheses(layoutOf(expression)) : layoutOf(expression);

const argument = ({ keyword, value }: Argument): Layout =>
  keyword === undefined ? layoutOf(value) : [`${keyword}=`, layoutOf(value)];

const isWritten = ({ value }: Argument): boolean => value.kind !== "option" || !value.silent;

/** A name or attribute, call or subscript needs no parentheses before a dot; an integer does. */
const owner = (expression: Expression): Layout =>
  isNumber(expression) ? inParentheses(layoutOf(expression)) : atLeast(expression, precedence.primary);

const isNumber = (expression: Expression): boolean =>
  expression.kind === "marked" || expression.kind === "option"
    ? isNumber(expression.value)
    : expression.kind === "integer" || expression.kind === "float";

/** `x**2`, but `x[0] ** 2`: ruff closes up around what is simple. */
const powerLayout = (base: Expression, exponent: Expression): Layout => {
  const operator = isSimple(base) && isSimple(exponent) ? "**" : [line, "** "];
  return group([atLeast(base, precedence.primary), operator, atLeast(exponent, precedence.negative)]);
};

const isSimple = (expression: Expression): boolean => {
  if (expression.kind === "attribute" || expression.kind === "marked") return isSimple(expression.value);
  if (expression.kind === "unary") return expression.operator === "-" && isSimple(expression.operand);
  return expression.kind === "name" || expression.kind === "integer" || expression.kind === "float";
};

/** Operands and operators of a chain of one precedence, which breaks before every operator. */
const chain = (expression: Expression, level: number): readonly Layout[] => {
  if (expression.kind !== "binary" || operators[expression.operator] !== level) return [atLeast(expression, level)];
  const { left, operator, right } = expression;
  if (level === precedence.power) return [powerLayout(left, right)];
  const before = level === precedence.comparison ? [atLeast(left, level + 1)] : chain(left, level);
  return [...before, line, `${operator} `, atLeast(right, level + 1)];
};

const dictLayout = (entries: readonly DictEntry[]): Layout => {
  if (entries.length === 0) return "{}";
  const items = entries.map(
    ({ key, value, comment: remark }, i): Layout => [
      layoutOf(key),
      ": ",
      layoutOf(value),
      i < entries.length - 1 ? "," : ifBroken(","),
      remark === undefined ? "" : comment(commentText(remark)),
    ],
  );
  return group(["{", indent([softLine, joined(items, line)]), softLine, "}"]);
};

/** Between brackets a tuple needs no parentheses: `x[:, None]`. */
const indexLayout = (index: Expression): Layout =>
  index.kind === "tuple" && index.items.length > 1 ? joined(index.items.map(layoutOf), [",", line]) : layoutOf(index);

/** `:`, `2:-1`, `::2`. */
const sliceText = ({ start, end, step }: Extract<Expression, { kind: "slice" }>): string =>
  `${start ?? ""}:${end ?? ""}${step === undefined ? "" : `:${step}`}`;

export const layoutOf = (expression: Expression): Layout => {
  switch (expression.kind) {
    case "name":
    case "constant":
      return expression.name;
    case "string":
      return stringLiteral(expression.value);
    case "integer":
      return String(expression.value);
    case "float":
      return floatLiteral(expression.value);
    case "slice":
      return sliceText(expression);
    case "attribute":
      return [owner(expression.value), `.${expression.name}`];
    case "subscript":
      return [owner(expression.value), group(["[", indent([softLine, indexLayout(expression.index)]), softLine, "]"])];
    case "call":
      return [owner(expression.callee), bracketed("(", expression.args.filter(isWritten).map(argument), ")", true)];
    case "list":
      return bracketed("[", expression.items.map(layoutOf), "]", false);
    case "tuple":
      return expression.items.length === 1
        ? ["(", layoutOf(expression.items[0]!), ",)"]
        : bracketed("(", expression.items.map(layoutOf), ")", false);
    case "dict":
      return dictLayout(expression.entries);
    case "unary": {
      const operand = atLeast(expression.operand, strength(expression));
      return [expression.operator === "not" ? "not " : "-", operand];
    }
    case "lambda": {
      const parameters = expression.parameters.length === 0 ? "" : ` ${expression.parameters.join(", ")}`;
      return [`lambda${parameters}: `, layoutOf(expression.body)];
    }
    case "binary":
      return group(chain(expression, operators[expression.operator]));
    case "times": {
      const each = [line, `for _ in range(${expression.count})`];
      return group(["[", indent([softLine, layoutOf(expression.item), ...each]), softLine, "]"]);
    }
    case "unpacked":
      return ["**", layoutOf(expression.value)];
    case "conditional": {
      const { condition, value, otherwise } = expression;
      if (!value) return layoutOf(otherwise);
      const above = precedence.conditional + 1;
      const [first, other] = [atLeast(value, above), atLeast(otherwise, precedence.conditional)];
      return group([first, line, "if ", atLeast(condition, above), line, "else ", other]);
    }
    case "option":
      return layoutOf(expression.value);
    case "marked":
      return [markStart(expression.node), layoutOf(expression.value), markEnd];
  }
};

const unmarked = (expression: Expression): Expression =>
  expression.kind === "marked" ? unmarked(expression.value) : expression;

/** `x + self.block1(x)`, `(1 + x) * f(x)`: one operator before brackets, which break instead of the operator. */
const endsInBrackets = (expression: Expression): boolean => {
  const binary = unmarked(expression);
  if (binary.kind !== "binary" || binary.operator === "**") return false;
  const left = strength(binary.left);
  const closed = left >= precedence.primary || left < operators[binary.operator];
  return closed && unmarked(binary.right).kind === "call";
};

const besideBrackets = (expression: Expression): Layout => {
  if (expression.kind === "marked") return [markStart(expression.node), besideBrackets(expression.value), markEnd];
  if (expression.kind !== "binary") return layoutOf(expression);
  const level = operators[expression.operator];
  return [atLeast(expression.left, level), ` ${expression.operator} `, atLeast(expression.right, level + 1)];
};

/** The right side of an assignment or a `return`: an operator chain that does not fit gets parentheses to break in. */
export const valueLayout = (expression: Expression): Layout => {
  if (strength(expression) >= precedence.primary) return layoutOf(expression);
  if (endsInBrackets(expression)) return besideBrackets(expression);
  return group([ifBroken("("), indent([softLine, layoutOf(expression)]), softLine, ifBroken(")")]);
};
