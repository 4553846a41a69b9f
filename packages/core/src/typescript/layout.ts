import { type Call, type Expression, keyText, type Statement } from "./expression.ts";

const width = 100;

/** The text on one line, or undefined where it has to be broken or is longer than `room`. */
const flat = (expression: Expression, room: number): string | undefined => {
  switch (expression.kind) {
    case "text":
      return expression.text.length <= room && !expression.text.includes("\n") ? expression.text : undefined;
    case "list":
      return joined("[", expression.items, "]", room);
    case "record": {
      if (expression.entries.length === 0) return "{}";
      let text = "{ ";
      for (const [index, entry] of expression.entries.entries()) {
        const value = flat(entry[1], room - text.length);
        if (value === undefined) return undefined;
        text += `${index ? ", " : ""}${entryText(entry[0], value)}`;
      }
      return text.length + 2 <= room ? `${text} }` : undefined;
    }
    case "chain": {
      let text = flat(expression.base, room);
      for (const call of expression.calls) {
        if (text === undefined) return undefined;
        const given = joined("(", call.arguments, ")", room - text.length);
        text = given && text + methodText(call) + given;
        if (text !== undefined && text.length > room) return undefined;
      }
      return text;
    }
    case "arrow": {
      const only = expression.body.length === 1 ? expression.body[0] : undefined;
      const head = `(${expression.parameter}) => `;
      const value = only && flat(only.value, room - head.length - 2);
      if (value === undefined) return undefined;
      return head + (only!.value.kind === "record" ? `(${value})` : value);
    }
  }
};

const joined = (open: string, items: readonly Expression[], close: string, room: number): string | undefined => {
  let text = open;
  for (const [index, item] of items.entries()) {
    const value = flat(item, room - text.length);
    if (value === undefined) return undefined;
    text += (index ? ", " : "") + value;
  }
  return text.length + close.length <= room ? text + close : undefined;
};

const methodText = ({ method }: Call): string => (method === undefined ? "" : `.${method}`);
const entryText = (key: string, value: string): string => (key === value ? key : `${keyText(key)}: ${value}`);

/** @param column where the text begins; `tail` characters follow it on its last line */
const layOut = (expression: Expression, indent: number, column: number, tail: number): string => {
  const short = flat(expression, width - column - tail);
  if (short !== undefined) return short;
  const inner = " ".repeat(indent + 2);
  const end = `\n${" ".repeat(indent)}`;
  switch (expression.kind) {
    case "text":
      return expression.text;
    case "list": {
      const items = expression.items.map((item) => `\n${inner}${layOut(item, indent + 2, indent + 2, 1)},`);
      return `[${items.join("")}${end}]`;
    }
    case "record": {
      const entries = expression.entries.map(([key, item]) => {
        const before = keyText(key).length + 2;
        return `\n${inner}${entryText(key, layOut(item, indent + 2, indent + 2 + before, 1))},`;
      });
      return `{${entries.join("")}${end}}`;
    }
    case "chain": {
      const base = layOut(expression.base, indent, column, 0);
      if (expression.calls.length === 1) {
        const [call] = expression.calls;
        const head = base + methodText(call!);
        return head + argumentsText(call!.arguments, indent, column + head.length, tail);
      }
      const calls = expression.calls.map((call) => {
        const head = `${inner}${methodText(call)}`;
        return `\n${head}${argumentsText(call.arguments, indent + 2, head.length, tail)}`;
      });
      return base + calls.join("");
    }
    case "arrow":
      return `(${expression.parameter}) => {\n${expression.body
        .map((statement) => `${inner}${statementText(statement, indent + 2)}\n`)
        .join("")}${end.slice(1)}}`;
  }
};

/** The last argument may break in its own brackets; otherwise each stands on a line of its own. */
const argumentsText = (given: readonly Expression[], indent: number, column: number, tail: number): string => {
  const whole = joined("(", given, ")", width - column - tail);
  if (whole !== undefined) return whole;
  const last = given.at(-1)!;
  const before = joined("", given.slice(0, -1), "", width - column - 4);
  const broken = last.kind === "record" || last.kind === "list" || last.kind === "arrow";
  if (before !== undefined && broken) {
    const head = `(${before}${given.length > 1 ? ", " : ""}`;
    return `${head}${layOut(last, indent, width, 0)})`;
  }
  const inner = " ".repeat(indent + 2);
  const lines = given.map((item) => `\n${inner}${layOut(item, indent + 2, indent + 2, 1)},`);
  return `(${lines.join("")}\n${" ".repeat(indent)})`;
};

export const statementText = ({ name, exported, value }: Statement, indent = 0): string => {
  const head = name === undefined ? "return " : `${exported ? "export " : ""}const ${name} = `;
  return `${head}${layOut(value, indent, indent + head.length, 1)};`;
};
