import { layoutOf, valueLayout } from "./expression.ts";
import { group, ifBroken, indent, joined, type Layout, line, lineLength, render, softLine, width } from "./layout.ts";
import { commentText } from "./literals.ts";
import type { Expression, Parameter, Statement } from "./tree.ts";

const parameter = ({ name, annotation, default: value }: Parameter): Layout => [
  name,
  annotation ? [": ", layoutOf(annotation)] : "",
  value ? [annotation ? " = " : "=", layoutOf(value)] : "",
];

const parameters = (all: readonly Parameter[]): Layout => {
  if (all.length === 0) return "()";
  const keywordOnly = all.filter((one) => one.keywordOnly);
  const items = [
    ...all.filter((one) => !one.keywordOnly).map(parameter),
    ...(keywordOnly.length > 0 ? ["*"] : []),
    ...keywordOnly.map(parameter),
  ];
  return group(["(", indent([softLine, group([joined(items, [",", line]), ifBroken(",")])]), softLine, ")"]);
};

/**
 * An assignment or `return` with its comment behind it. Where that does not fit, the comment stands behind the opening
 * bracket of a collection or of a sum over lines, else above.
 */
const simple = (head: string, value: Expression, comment: string | undefined, indentation: number): string => {
  const pad = " ".repeat(indentation);
  const statement = pad + renderValue(head, value, indentation);
  const remark = comment === undefined ? "" : commentText(comment);
  if (remark === "") return statement;
  const beside = `${statement}  # ${remark}`;
  if (!statement.includes("\n") && width(beside) <= lineLength) return beside;
  const opening = opensBracket(value) ? statement.indexOf("\n") : -1;
  return opening < 0
    ? `${pad}# ${remark}\n${statement}`
    : `${statement.slice(0, opening)}  # ${remark}${statement.slice(opening)}`;
};

/** Even a value that breaks in brackets of its own gets parentheses when what stands before them is too long. */
const renderValue = (head: string, value: Expression, indentation: number): string => {
  const text = render([head, valueLayout(value)], indentation);
  const first = text.slice(0, text.indexOf("\n") + 1);
  return indentation + width(first) - 1 <= lineLength
    ? text
    : render([head, group(["(", indent([softLine, layoutOf(value)]), softLine, ")"])], indentation);
};

const opensBracket = ({ kind }: Expression): boolean => ["tuple", "list", "dict", "binary"].includes(kind);

const compound = (
  header: string,
  docstring: string | undefined,
  body: readonly Statement[],
  indentation: number,
): string => {
  const documentation = docstring === undefined ? "" : `${docstringText(docstring, indentation + 4)}\n`;
  if (body.length === 0 && docstring === undefined)
    return `${" ".repeat(indentation)}${header}\n${" ".repeat(indentation + 4)}pass`;
  const gap = docstring !== undefined && body[0]?.kind === "function" ? "\n" : "";
  return `${" ".repeat(indentation)}${header}\n${documentation}${gap}${statementsText(body, indentation + 4)}`.trimEnd();
};

/** `"""text"""`; its lines are indented with their surroundings. */
export const docstringText = (text: string, indentation: number): string => {
  const pad = " ".repeat(indentation);
  const lines = text.split("\n").map((part) => (/^ */.exec(part)?.[0] ?? "") + commentText(part));
  const body = lines.map((part) => part.replace(/\\/g, "\\\\").replace(/"(?="")|"$/g, '\\"'));
  const end = lines.length > 1 ? `\n${pad}` : "";
  return `${pad}"""${body.map((part, i) => (i === 0 || part === "" ? part : pad + part)).join("\n")}${end}"""`;
};

/** A statement, indented, without a line break at its end. */
export const statementText = (statement: Statement, indentation = 0): string => {
  switch (statement.kind) {
    case "assign": {
      const target = render(layoutOf(statement.target), indentation);
      return simple(`${target} = `, statement.value, statement.comment, indentation);
    }
    case "return":
      return simple("return ", statement.value, statement.comment, indentation);
    case "if": {
      const header = render(["if ", layoutOf(statement.condition), ":"], indentation);
      return compound(header, undefined, statement.body, indentation);
    }
    case "for": {
      const header = render([`for ${statement.variable} in `, layoutOf(statement.over), ":"], indentation);
      return compound(header, undefined, statement.body, indentation);
    }
    case "function": {
      const header = render([`def ${statement.name}`, parameters(statement.parameters), ":"], indentation);
      return compound(header, statement.docstring, statement.body, indentation);
    }
    case "class": {
      const bases = statement.bases.map((base) => render(layoutOf(base), indentation)).join(", ");
      return compound(`class ${statement.name}(${bases}):`, statement.docstring, statement.body, indentation);
    }
  }
};

const isDefinition = ({ kind }: Statement): boolean => kind === "function" || kind === "class";

/** Statements of one block, with the blank lines that `ruff format` asks for around definitions. */
export const statementsText = (statements: readonly Statement[], indentation = 0): string => {
  const blank = indentation === 0 ? "\n\n\n" : "\n\n";
  return statements
    .map((statement, i) => {
      const before = statements[i - 1];
      const separated = before && (isDefinition(before) || isDefinition(statement));
      return (i === 0 ? "" : separated ? blank : "\n") + statementText(statement, indentation);
    })
    .join("");
};
