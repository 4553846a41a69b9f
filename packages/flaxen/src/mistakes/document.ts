import type { Told } from "./check.ts";
import { above, type Hover, imports, type Mistake, running } from "./mistake.ts";

const block = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;

/** The first line, and those behind it that say more than it does. */
const editorLines = ([first = "nothing", ...more]: readonly string[]): readonly string[] => {
  const sentence = /'"(.*)"'\.$/.exec(first)?.[1] ?? /& "(.*)"'\.$/.exec(first)?.[1];
  return sentence === undefined ? [first, ...more] : [first];
};

const mistakeText = ({ title, code }: Mistake, { editor, run = "nothing" }: Told): string =>
  `### ${title[0]!.toUpperCase()}${title.slice(1)}\n\n${block("ts", code)}\n${block(
    "text",
    `editor: ${editorLines(editor).join("\n")}\nrun: ${run}`,
  )}`;

/** docs/mistakes.md */
export const documentOf = (
  mistakes: Readonly<Record<string, readonly (readonly [Mistake, Told])[]>>,
  hovers: readonly (readonly [Hover, string])[],
): string => {
  const sections = Object.entries(mistakes).map(
    ([name, list]) => `## ${name}\n\n${list.map(([mistake, told]) => mistakeText(mistake, told)).join("\n")}`,
  );
  const shown = hovers.map(
    ([{ title, code }, text]) =>
      `### ${title[0]!.toUpperCase()}${title.slice(1)}\n\n${block("ts", code)}\n${block("ts", text)}`,
  );
  return `<!-- Written by packages/flaxen/src/mistakes/mistakes.test.ts. Do not edit. -->

# What a mistake looks like

Each mistake with the line and column that the editor marks and what it says there, then what the same code says when it runs anyway. Above all of them stands

${block("ts", `${imports}\n${above}`)}
and where there is a run:

${block("ts", running)}
${sections.join("\n")}
## Hovers

What the editor shows over the name between « and ».

${shown.join("\n")}`;
};
