import type { Expression, Statement } from "../python/tree.ts";

const children = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case "attribute":
    case "marked":
    case "option":
    case "unpacked":
      return [expression.value];
    case "call":
      return [expression.callee, ...expression.args.map(({ value }) => value)];
    case "subscript":
      return [expression.value, expression.index];
    case "tuple":
    case "list":
      return expression.items;
    case "dict":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "times":
      return [expression.item];
    case "lambda":
      return [expression.body];
    case "conditional":
      return [expression.condition, ...(expression.value ? [expression.value] : []), expression.otherwise];
    default:
      return [];
  }
};

/** Whether a variable is read anywhere in an expression. */
export const mentions = (expression: Expression, variable: string): boolean =>
  (expression.kind === "name" && expression.name === variable) ||
  children(expression).some((child) => mentions(child, variable));

/** The same for a statement and all that stands in it. */
export const mentionsIn = (statement: Statement, variable: string): boolean => {
  if (statement.kind === "for" && mentions(statement.over, variable)) return true;
  if (statement.kind === "if" && mentions(statement.condition, variable)) return true;
  if ("value" in statement) return mentions(statement.value, variable);
  return "body" in statement && statement.body.some((inner) => mentionsIn(inner, variable));
};
