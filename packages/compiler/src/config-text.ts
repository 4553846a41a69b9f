const width = 100;

/** JSON for people: what fits on one line stands on one line. */
export const configText = (config: Readonly<Record<string, unknown>>): string => `${textOf(config, 0)}\n`;

const textOf = (value: unknown, indentation: number, reserved = 0): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const flat = flatText(value);
  if (indentation > 0 && indentation + reserved + flat.length <= width) return flat;
  const inner = indentation + 2;
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => textOf(item, inner))
    : Object.entries(value).map(([key, item]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + textOf(item, inner, name.length);
      });
  const [open, close] = isList ? "[]" : "{}";
  const pad = " ".repeat(inner);
  return `${open}\n${items.map((item) => pad + item).join(",\n")}\n${" ".repeat(indentation)}${close}`;
};

const flatText = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flatText).join(", ")}]`;
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flatText(item)}`);
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
};
