import { above, imports } from "../../packages/flaxen/src/mistakes/mistake.ts";

/** Code whose strings are empty. */
export const withoutTexts = (code: string): string => code.replace(/"(\\.|[^"\\])*"/g, '""');

/** The names that a piece of code reads. */
const namesIn = (code: string): readonly string[] =>
  [...withoutTexts(code).matchAll(/(?<![.\w])([A-Za-z]\w*)(?!\w*\s*:)/g)].map(([, name]) => name!);

/** What has to be declared for some names, in order. */
export const given = (names: readonly string[]): readonly string[] => {
  const declarations = above.split(/\n(?=const )/).map((text) => text.trimEnd());
  const needed = new Set(names);
  const kept: string[] = [];
  for (const text of declarations.toReversed()) {
    if (!needed.has(/^const (\w+)/.exec(text)![1]!)) continue;
    kept.unshift(text);
    for (const name of namesIn(text)) needed.add(name);
  }
  return kept;
};

/** A whole program that makes a mistake. */
export const programOf = (code: string): string => {
  const declarations = given(namesIn(code));
  const body = [...declarations, code].join("\n");
  const used = new Set(namesIn(body));
  const importing = imports
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [, names, from] = /\{ (.*) \} from (.*);/.exec(line)!;
      const kept = names!.split(", ").filter((name) => used.has(name.replace("type ", "")));
      return kept.length > 0 ? [`import { ${kept.join(", ")} } from ${from};`] : [];
    });
  return `${importing.join("\n")}\n\n${body}\n`;
};
