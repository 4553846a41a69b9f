/** The little of Python's syntax that emitted files need. Plain data: `expression.ts` and `statement.ts` print it. */
export type Expression =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly value: Expression; readonly name: string }
  | { readonly kind: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly kind: "subscript"; readonly value: Expression; readonly index: Expression }
  | { readonly kind: "tuple" | "list"; readonly items: readonly Expression[] }
  | { readonly kind: "dict"; readonly entries: readonly DictEntry[] }
  | {
      readonly kind: "slice";
      readonly start?: number | undefined;
      readonly end?: number | undefined;
      readonly step?: number | undefined;
    }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "integer" | "float"; readonly value: number; readonly features?: true }
  | { readonly kind: "constant"; readonly name: "None" | "True" | "False" | "..." }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly kind: "binary"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "lambda"; readonly parameters: readonly string[]; readonly body: Expression }
  | { readonly kind: "unpacked"; readonly value: Expression }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly value: Expression | undefined;
      readonly otherwise: Expression;
    }
  | { readonly kind: "option"; readonly name: string; readonly value: Expression; readonly silent: boolean }
  | { readonly kind: "times"; readonly item: Expression; readonly count: number }
  | { readonly kind: "marked"; readonly node: string; readonly value: Expression };

export interface Argument {
  /** Present for a keyword argument. */
  readonly keyword?: string | undefined;
  readonly value: Expression;
}
export interface DictEntry {
  readonly key: Expression;
  readonly value: Expression;
  /** Stands behind the entry, which then has a line of its own. */
  readonly comment?: string | undefined;
}
export type UnaryOperator = "-" | "not";
export type Operator = "+" | "-" | "*" | "/" | "@" | "**" | "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface Parameter {
  readonly name: string;
  readonly annotation?: Expression | undefined;
  readonly default?: Expression | undefined;
  readonly keywordOnly?: boolean | undefined;
}

export type Statement =
  | {
      readonly kind: "assign";
      readonly target: Expression;
      readonly value: Expression;
      readonly comment?: string | undefined;
    }
  | { readonly kind: "return"; readonly value: Expression; readonly comment?: string | undefined }
  | { readonly kind: "if"; readonly condition: Expression; readonly body: readonly Statement[] }
  | {
      readonly kind: "for";
      readonly variable: string;
      readonly over: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly docstring?: string | undefined;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "class";
      readonly name: string;
      readonly bases: readonly Expression[];
      readonly docstring?: string | undefined;
      readonly body: readonly Statement[];
    };

export const name = (value: string): Expression => ({ kind: "name", name: value });
export const string = (value: string): Expression => ({ kind: "string", value });
export const none: Expression = { kind: "constant", name: "None" };
export const boolean = (value: boolean): Expression => ({ kind: "constant", name: value ? "True" : "False" });
export const tuple = (...items: readonly Expression[]): Expression => ({ kind: "tuple", items });
export const list = (...items: readonly Expression[]): Expression => ({ kind: "list", items });
export const not = (operand: Expression): Expression => ({ kind: "unary", operator: "not", operand });
export const subscript = (value: Expression, index: Expression): Expression => ({ kind: "subscript", value, index });

/** `x[:, None]`: a vector as one column. */
export const column = (vector: Expression): Expression => subscript(vector, tuple({ kind: "slice" }, none));

/** `x[:, 0]`: the only column as a vector. */
export const firstColumn = (matrix: Expression): Expression => subscript(matrix, tuple({ kind: "slice" }, integer(0)));

/** `x[:, 2:-1]`: a part of one axis, all of the axes before it. */
export const cut = (value: Expression, axis: number, start?: number, end?: number, step?: number): Expression => {
  const part: Expression = { kind: "slice", start, end, step };
  return subscript(value, axis === 0 ? part : tuple(...Array.from({ length: axis }, () => whole), part));
};
const whole: Expression = { kind: "slice" };

/** `x[..., None]`: one more axis at the end. */
export const newAxis = (value: Expression): Expression =>
  subscript(value, tuple({ kind: "constant", name: "..." }, none));

/** `hp["learning_rate"]`. */
export const item = (value: Expression, key: string): Expression => subscript(value, string(key));

/** `self.conv1`, `nnx.relu`: dotted names. */
export const dotted = (path: string): Expression =>
  path
    .split(".")
    .slice(1)
    .reduce<Expression>((value, part) => attribute(value, part), name(path.split(".")[0]!));

export const attribute = (value: Expression, property: string): Expression => ({
  kind: "attribute",
  value,
  name: property,
});

export const integer = (value: number): Expression => {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no integer`);
  return value < 0 ? negative(integer(-value)) : { kind: "integer", value: value + 0 };
};

/** A number of features: classes that are alike but for such numbers become one, which is told them. */
export const features = (value: number): Expression => ({ kind: "integer", value, features: true });

/**
 * An argument of a layer that a class may be told: classes that are alike but for such arguments become one.
 *
 * @param silent whether it is the layer's own default, which is not written out
 */
export const option = (name: string, value: Expression, silent = false): Expression => ({
  kind: "option",
  name,
  value,
  silent,
});

/** `x + y if self.residual else y`; the latter alone where there is no value. */
export const conditional = (
  condition: Expression,
  value: Expression | undefined,
  otherwise: Expression,
): Expression => ({ kind: "conditional", condition, value, otherwise });

/** A float; what has no literal of its own is written as a call: `float("nan")`. */
export const float = (value: number): Expression => {
  if (Number.isNaN(value)) return call("float", string("nan"));
  if (value < 0 || Object.is(value, -0)) return negative(float(-value));
  return value === Number.POSITIVE_INFINITY ? call("float", string("inf")) : { kind: "float", value };
};

export const negative = (operand: Expression): Expression => ({ kind: "unary", operator: "-", operand });

export const binary = (left: Expression, operator: Operator, right: Expression): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
});

/** `a + b + c`; at least one term. */
export const sum = (terms: readonly Expression[]): Expression =>
  terms.slice(1).reduce((left, right) => binary(left, "+", right), terms[0]!);

export const dict = (entries: Readonly<Record<string, Expression>> | readonly (readonly [string, Expression])[]) => {
  const pairs: readonly (readonly [string, Expression])[] = Array.isArray(entries) ? entries : Object.entries(entries);
  return { kind: "dict", entries: pairs.map(([key, value]) => ({ key: string(key), value })) } as const;
};

/** A method of a value: `x.mean(-1)`. */
export const method = (value: Expression, property: string, ...args: readonly (Expression | Keywords)[]): Expression =>
  call(attribute(value, property), ...args);

/** A call; a plain record after the positional arguments holds the keyword arguments. */
export const call = (callee: string | Expression, ...args: readonly (Expression | Keywords)[]): Expression => ({
  kind: "call",
  callee: typeof callee === "string" ? dotted(callee) : callee,
  args: args.flatMap((argument): readonly Argument[] =>
    isExpression(argument)
      ? [{ value: argument }]
      : Object.entries(argument).flatMap(([keyword, value]) => (value === undefined ? [] : [{ keyword, value }])),
  ),
});

type Keywords = { readonly [keyword: string]: Expression | undefined; readonly kind?: never };

const isExpression = (argument: Expression | Keywords): argument is Expression => typeof argument.kind === "string";

/** `**inputs(batch)`, as an argument. */
export const unpacked = (value: Expression): Expression => ({ kind: "unpacked", value });

/** `[Layer(rngs) for _ in range(12)]`: a list of that many, each made anew. */
export const times = (item: Expression, count: number): Expression => ({ kind: "times", item, count });

/** Remembers which node of the graph an expression was printed for. */
export const marked = (node: string, value: Expression): Expression => ({ kind: "marked", node, value });

export const assign = (
  target: string | Expression,
  value: Expression,
  comment?: string,
): Extract<Statement, { kind: "assign" }> => ({
  kind: "assign",
  target: typeof target === "string" ? dotted(target) : target,
  value,
  comment,
});

/** Statements that run where the condition holds. */
export const when = (condition: Expression, ...body: readonly Statement[]): Statement => ({
  kind: "if",
  condition,
  body,
});

export const loop = (variable: string, over: Expression, ...body: readonly Statement[]): Statement => ({
  kind: "for",
  variable,
  over,
  body,
});

export const returns = (value: Expression, comment?: string): Extract<Statement, { kind: "return" }> => ({
  kind: "return",
  value,
  comment,
});
