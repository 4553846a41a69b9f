import { assign, type Expression, name, type Statement } from "./tree.ts";

/** Variables of a function, each made once whoever asks for it. */
export interface Lines {
  /** The variable `wish` of this head, assigned on a line of its own when it is asked for first. */
  let(wish: string, value: () => Expression, comment?: string): Expression;
  readonly statements: readonly Statement[];
}

/** @param variable gives a wish its identifier: `error`, or `price_error` beside other heads */
export const createLines = (
  variable: (wish: string) => string,
  wrap: (value: Expression) => Expression = (value) => value,
): Lines => {
  const made = new Map<string, Expression>();
  const statements: Statement[] = [];
  return {
    statements,
    let(wish, value, comment) {
      const known = made.get(wish);
      if (known) return known;
      const line = wrap(value());
      const variableName = variable(wish);
      statements.push(assign(variableName, line, comment));
      made.set(wish, name(variableName));
      return name(variableName);
    },
  };
};
