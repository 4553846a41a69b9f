/** A small tree of TypeScript: all that printed programs consist of. */
export type Expression =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "record"; readonly entries: readonly (readonly [key: string, value: Expression])[] }
  | { readonly kind: "chain"; readonly base: Expression; readonly calls: readonly Call[] }
  | { readonly kind: "arrow"; readonly parameter: string; readonly body: readonly Statement[] };

/** `.method(…)`; without a method the base itself is called. */
export interface Call {
  readonly method?: string;
  readonly arguments: readonly Expression[];
}

/** `const name = value;`, or `return value;` without a name. */
export interface Statement {
  readonly name?: string;
  readonly exported?: boolean;
  readonly value: Expression;
}

/**
 * The only way a string becomes TypeScript: printable ASCII in double quotes, so that no name can end a literal, a line
 * or a script.
 */
export const quoted = (text: string): string => {
  const escaped = JSON.stringify(text).replace(
    /[<>\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return escaped;
};

/** Lines of code, which are printable ASCII, as a template literal that reads as they do. */
export const source = (text: string): Expression => {
  const escaped = text.replace(/\\|`|\$\{/g, "\\$&").replace(/<(?=[/!])/g, "<\\");
  return { kind: "text", text: `\`\n${escaped}\`` };
};

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A key of an object literal; `__proto__` would set the prototype. */
export const keyText = (key: string): string => {
  if (key === "__proto__") return `[${quoted(key)}]`;
  return identifier.test(key) ? key : quoted(key);
};

/** Text that is an identifier or a literal already. */
export const verbatim = (text: string): Expression => ({ kind: "text", text });
export const list = (items: readonly Expression[]): Expression => ({ kind: "list", items });
export const record = (entries: readonly (readonly [string, Expression])[]): Expression => ({
  kind: "record",
  entries,
});

/** `name(…)`, `object.method(…)` */
export const callOf = (path: string, ...given: readonly Expression[]): Expression => ({
  kind: "chain",
  base: verbatim(path),
  calls: [{ arguments: given }],
});

/** A value of a document as a literal. */
export const literal = (value: unknown): Expression => {
  if (typeof value === "string") return verbatim(quoted(value));
  if (typeof value === "number") return verbatim(Object.is(value, -0) ? "-0" : String(value));
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value !== "object" || value === null) return verbatim(String(value));
  return record(Object.entries(value).map(([key, item]) => [key, literal(item)] as const));
};
