import { limits } from "./limits.ts";

/** A value that JSON holds: no `undefined`, no NaN, no class instances. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Freezes a value of plain objects and arrays, all the way down. */
export const deepFreeze = <T>(value: T): T => {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || Object.isFrozen(next)) continue;
    Object.freeze(next);
    open.push(...Object.values(next));
  }
  return value;
};

/** JSON with sorted keys and without white space: equal documents give equal text on every machine. */
export const canonicalJson = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === "" ? "" : ","}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (item !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
};

/** A record's own entry: names such as "constructor" find nothing inherited. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const isLeaf = (value: unknown): value is null | boolean | string | number =>
  value === null || typeof value === "boolean" || typeof value === "string" || Number.isFinite(value);

/**
 * A copy of a stranger's value as plain JSON objects, or a sentence about what is no JSON in it.
 *
 * Keys that reach an object's prototype, and nesting too deep for the stack, are refused.
 */
export const plainCopy = (value: unknown, path = "document", depth = 0): { copy: Json } | { problem: string } => {
  if (depth > limits.depth) return { problem: `${path} is nested deeper than ${limits.depth} levels` };
  if (isLeaf(value)) return { copy: value };
  if (typeof value === "number") return { problem: `${path} is ${value}, which JSON cannot hold` };
  if (Array.isArray(value)) {
    const items: Json[] = [];
    for (const [index, item] of value.entries()) {
      if (isLeaf(item)) {
        items.push(item);
        continue;
      }
      const inner = plainCopy(item, `${path}[${index}]`, depth + 1);
      if ("problem" in inner) return inner;
      items.push(inner.copy);
    }
    return { copy: items };
  }
  if (typeof value !== "object") return { problem: `${path} is a ${typeof value}, which JSON cannot hold` };
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") return { problem: `${path} has a key "__proto__"` };
    if (item === undefined) continue;
    if (isLeaf(item)) {
      copy[key] = item;
      continue;
    }
    const inner = plainCopy(item, `${path}.${key}`, depth + 1);
    if ("problem" in inner) return inner;
    copy[key] = inner.copy;
  }
  return { copy };
};
