import type { Json } from "@flaxen/core";
import { snakeCase } from "./names.ts";
import { keywords } from "./reserved.ts";
import { boolean, dict, type Expression, float, integer, list, none, string } from "./tree.ts";

/** A value of a document as Python's own literal. */
export const literal = (value: Json): Expression => {
  if (value === null) return none;
  if (typeof value === "string") return string(value);
  if (typeof value === "boolean") return boolean(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? integer(value) : float(value);
  if (Array.isArray(value)) return list(...value.map(literal));
  return dict(Object.entries(value).map(([key, item]) => [key, literal(item)] as const));
};

/** The keyword argument that an option of the user's own is given as. */
export const keywordOf = (key: string): string => {
  const plain = snakeCase(key);
  return keywords.has(plain) ? `${plain}_` : plain;
};
