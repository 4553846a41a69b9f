/** What the comment of a method says. */
export interface Method {
  readonly name: string;
  /** The folder of its file. */
  readonly family: string;
  readonly text: string;
  /** What follows each @example, one line each. */
  readonly examples: readonly string[];
  /** What the comments of its options say, and those of their neighbours. */
  readonly options: ReadonlyMap<string, string>;
}

const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)<\s*(?:Self|const S\b)/g;

const option = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g;

const plain = (raw: string): string =>
  raw
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();

/** The comments of an interface's members in a file, by their names. */
export const optionsIn = (source: string): ReadonlyMap<string, string> =>
  new Map(
    [...source.matchAll(option)].map(([, raw, name]) => {
      const [text] = plain(raw!).split("@defaultValue") as [string];
      return [name!, text.trim().replaceAll(/\s+/g, " ")];
    }),
  );

/** The methods that a file of the core declares, with their comments. */
export const methodsIn = (family: string, source: string, shared: ReadonlyMap<string, string>): readonly Method[] =>
  [...source.matchAll(comment)].map(([, raw, name]) => {
    const [description, ...tags] = plain(raw!).split(/^@/m);
    const examples = tags.filter((tag) => tag.startsWith("example")).flatMap((tag) => tag.slice(7).trim().split("\n"));
    const argumentsOf = new Map(
      tags.flatMap((tag) => {
        const found = tag.match(/^param (\w+)\s+([\s\S]*)/);
        return found ? [[found[1]!, found[2]!.trim().replaceAll(/\s+/g, " ")] as const] : [];
      }),
    );
    const options = new Map([...shared, ...optionsIn(source), ...argumentsOf]);
    return { name: name!, family, text: description!.trim(), examples, options };
  });

/** What the comment of an exported function says: its text, and what follows @example. */
export const functionComment = (source: string, name: string): { readonly text: string; readonly example: string } => {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name} =`).exec(source);
  const [text = "", ...tags] = plain(found?.[1] ?? "").split(/^@/m);
  const example = tags.find((tag) => tag.startsWith("example")) ?? "";
  return { text: text.trim(), example: example.slice("example".length).trim() };
};
