/** A JSON Schema. */
export type Schema = Readonly<Record<string, any>>;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
export const code = (text: string): string => `\`${text}\``;

/** Bounds that a machine's numbers have anyway are none. */
const boundsText = (schema: Schema): string => {
  const [above, least] = [schema.exclusiveMinimum, schema.minimum].map((low) => (low < -1e9 ? undefined : low));
  const [below, most] = [schema.exclusiveMaximum, schema.maximum].map((high) => (high > 1e9 ? undefined : high));
  if (above !== undefined && below !== undefined) return `between ${above} and ${below}`;
  if (least !== undefined && below !== undefined) return `from ${least} to below ${below}`;
  if (least !== undefined && most !== undefined) return `from ${least} to ${most}`;
  const bounds = { ">": above, ">=": least, "<": below, "<=": most };
  return Object.entries(bounds)
    .flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${bound}`]))
    .join(" and ");
};

const several = (text: string): string =>
  text.includes(" or ") ? `(${text})` : text.replace(/^(whole number|number|string|object|list)\b/, "$1s");

/** A default in words, or a value as it is written. */
export const usualText = (text: string): string => (/^(-?[\d.e-]+|true|false|"[^"]*")$/.test(text) ? code(text) : text);

/** A type as a person says it. */
export const typeText = (schema: Schema): string => {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one: unknown) => JSON.stringify(one)).join(" or ");
  const parts: readonly Schema[] | undefined = schema.anyOf ?? schema.oneOf;
  if (parts) return [...new Set(parts.map(typeText))].join(" or ");
  if (schema.prefixItems) {
    const items: readonly string[] = schema.prefixItems.map(typeText);
    if (items.length === 1) return `list of one ${items[0]}`;
    return new Set(items).size === 1 ? `list of ${items.length} ${several(items[0]!)}` : `[${items.join(", ")}]`;
  }
  if (schema.type === "array") return `list of ${several(typeText(schema.items ?? {}))}`;
  const bounds = boundsText(schema);
  const names: Readonly<Record<string, string>> = {
    integer: "whole number",
    number: "number",
    boolean: "true or false",
  };
  return [names[schema.type] ?? schema.type ?? "JSON", bounds].filter(Boolean).join(" ");
};

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** The first line of every page. */
export const written = "<!-- Written by scripts/node-docs.ts. Do not edit. -->\n\n";
