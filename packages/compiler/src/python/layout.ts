import { markLength } from "./marks.ts";

/** The longest line of an emitted file. */
export const lineLength = 120;

/** A text with places where it may be broken; a group is printed on one line when that fits. */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: "group" | "indent"; readonly content: Layout }
  | { readonly kind: "line"; readonly flat: string }
  | { readonly kind: "ifBroken" | "comment"; readonly text: string };

export const group = (content: Layout): Layout => ({ kind: "group", content });
export const indent = (content: Layout): Layout => ({ kind: "indent", content });
/** A line break, or a space on one line. */
export const line: Layout = { kind: "line", flat: " " };
/** A line break, or nothing on one line. */
export const softLine: Layout = { kind: "line", flat: "" };
/** Printed only where the group around it is broken: parentheses that a break needs, the trailing comma. */
export const ifBroken = (text: string): Layout => ({ kind: "ifBroken", text });

/** At the end of a line, where it fits; the groups around it are broken. */
export const comment = (text: string): Layout => ({ kind: "comment", text });

export const joined = (parts: readonly Layout[], separator: Layout): Layout =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part]));

interface Item {
  readonly layout: Layout;
  readonly indentation: number;
  readonly flat: boolean;
}

const isList = (layout: Layout): layout is readonly Layout[] => Array.isArray(layout);

/** Columns that a text takes: the marks of the source map take none. */
export const width = (text: string): number => text.length - markLength(text);

const parts = ({ layout, indentation, flat }: Item): readonly Item[] | undefined => {
  if (typeof layout === "string") return undefined;
  if (isList(layout)) return layout.map((part) => ({ layout: part, indentation, flat }));
  if (layout.kind === "indent") return [{ layout: layout.content, indentation: indentation + 4, flat }];
  return undefined;
};

/** Whether `next`, on one line, and what follows it up to the next possible break fit into `room` columns. */
const fits = (next: Item, rest: readonly Item[], room: number): boolean => {
  const stack: Item[] = [...rest, next];
  let left = room;
  while (left >= 0) {
    const current = stack.pop();
    if (!current) return true;
    const inner = parts(current);
    if (inner) stack.push(...inner.toReversed());
    else if (typeof current.layout === "string") left -= width(current.layout);
    else left = measure(current, stack, left) ?? Number.POSITIVE_INFINITY;
    if (left === Number.POSITIVE_INFINITY) return true;
  }
  return false;
};

/** What is left after a group, a line or a conditional text; undefined at a certain line break. */
const measure = ({ layout, indentation, flat }: Item, stack: Item[], left: number): number | undefined => {
  if (typeof layout === "string" || isList(layout)) return left;
  if (layout.kind === "group") stack.push({ layout: layout.content, indentation, flat });
  else if (layout.kind === "line") return flat ? left - layout.flat.length : undefined;
  else if (layout.kind === "comment") return flat ? -1 : left;
  else if (layout.kind === "ifBroken" && !flat) return left - layout.text.length;
  return left;
};

const pieceOf = (item: Exclude<Layout, string | readonly Layout[]>, flat: boolean, room: number): string => {
  if (item.kind === "line") return item.flat;
  if (item.kind === "comment") return item.text.length + 4 <= room ? `  # ${item.text}` : "";
  return item.kind === "ifBroken" && !flat ? item.text : "";
};

/** Prints a layout that begins at `indentation`; `reserved` columns stay free after it (for a trailing comment). */
export const render = (layout: Layout, indentation: number, reserved = 0): string => {
  const rest: Item[] = [{ layout: " ".repeat(reserved), indentation, flat: true }];
  const stack: Item[] = [...rest, { layout, indentation, flat: false }];
  let text = "";
  let column = indentation;
  while (stack.length > rest.length) {
    const current = stack.pop()!;
    const { layout: item, flat } = current;
    const inner = parts(current);
    if (inner) stack.push(...inner.toReversed());
    else if (typeof item === "string") {
      text += item;
      column += width(item);
    } else if (!isList(item) && item.kind === "group") {
      const onOneLine = flat || fits({ ...current, layout: item.content, flat: true }, stack, lineLength - column);
      stack.push({ layout: item.content, indentation: current.indentation, flat: onOneLine });
    } else if (!isList(item) && item.kind === "line" && !flat) {
      text += `\n${" ".repeat(current.indentation)}`;
      column = current.indentation;
    } else if (!isList(item)) {
      const piece = pieceOf(item, flat, lineLength - column);
      text += piece;
      column += piece.length;
    }
  }
  return text;
};
