import { type ModelDocument, show, type Types } from "@flaxen/core";
import { headPrinter } from "../heads/index.ts";
import { lineLength } from "../python/layout.ts";
import { docstringText } from "../python/statement.ts";

/** 421642 -> "421,642", in every locale. */
const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** What goes in, what comes out, how large it is: on one line where that fits. */
export const modelDocstring = (className: string, model: ModelDocument, types: Types, parameters: number): string => {
  const inputs = model.nodes
    .filter(({ type }) => type === "input")
    .map(({ id }) => `${id} ${show(types.get(id)!.shape)}`);
  const heads = model.heads.map(({ name, type, params }) => `${name}, ${headPrinter(type).describe(params)}`);
  const size = `${thousands(parameters)} parameters.`;
  const short = docstringText(`${className}: ${inputs.join(", ")} -> ${heads.join("; ")}. ${size}`, 0);
  if (short.length <= lineLength) return short;
  const list = (title: string, items: readonly string[]) => [title, ...items.map((item) => `    ${item}`)];
  return docstringText(
    [`${className}. ${size}`, "", ...list("Inputs:", inputs), ...list("Heads:", heads)].join("\n"),
    0,
  );
};
