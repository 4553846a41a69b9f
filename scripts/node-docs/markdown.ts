/** A JSON Schema. */
export type Schema = Readonly<Record<string, any>>;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
export const code = (text: string): string => `\`${text}\``;

/** A type as a person says it. */
export const typeText = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one: unknown) => JSON.stringify(one)).join(" or ");
  const parts: readonly Schema[] | undefined = schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map(typeText))].join(" or ");
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeText).join(", ")}]`;
  if (schema.type === "array") return `list of ${typeText(schema.items ?? {})}`;
  const [low, high] = [schema.exclusiveMinimum ?? schema.minimum, schema.exclusiveMaximum ?? schema.maximum];
  const bounds = [
    low === undefined || low < -1e9 ? "" : `${schema.exclusiveMinimum === undefined ? ">=" : ">"} ${low}`,
    high === undefined || high > 1e9 ? "" : `${schema.exclusiveMaximum === undefined ? "<=" : "<"} ${high}`,
  ].filter(Boolean);
  const names: Readonly<Record<string, string>> = {
    integer: "whole number",
    number: "number",
    boolean: "true or false",
  };
  return [names[schema.type] ?? schema.type ?? "JSON", ...bounds].join(" ");
};

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** The first line of every page. */
export const written = "<!-- Written by scripts/node-docs.ts. Do not edit. -->\n\n";
