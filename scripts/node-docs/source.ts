/** What the comment of a method says. */
export interface Method {
  readonly name: string;
  /** The folder of its file. */
  readonly family: string;
  readonly text: string;
  /** What follows each @example, one line each. */
  readonly examples: readonly string[];
  /** What the comments of its options say. */
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

/** An interface of options: the comments of its own members by their names, and what it extends. */
interface Options {
  readonly members: ReadonlyMap<string, string>;
  readonly bases: readonly string[];
}
export type AllOptions = ReadonlyMap<string, Options>;

const declaration = /interface (\w*Options)\b([^{]*)\{([\s\S]*?)\n?\}/g;

/** The comments of the members of every interface in a text, by their names. */
export const optionsIn = (source: string): ReadonlyMap<string, string> =>
  new Map(
    [...source.matchAll(option)].map(([, raw, name]) => {
      const [text] = plain(raw!).split("@defaultValue") as [string];
      return [name!, text.trim().replaceAll(/\s+/g, " ")];
    }),
  );

/** The interfaces of options that a file declares, by their names. */
export const interfacesIn = (source: string): AllOptions =>
  new Map(
    [...source.matchAll(declaration)].map(([, name, head, body]) => {
      const bases = [...head!.matchAll(/\b(\w+Options)\b/g)];
      return [name!, { members: optionsIn(body!), bases: bases.map(([, base]) => base!) }];
    }),
  );

/** The comments of an interface's members, its own before those of what it extends. */
const commentsOf = (name: string, all: AllOptions): ReadonlyMap<string, string> => {
  const { members, bases } = all.get(name) ?? { members: new Map<string, string>(), bases: [] };
  return new Map([...bases.flatMap((base) => [...commentsOf(base, all)]), ...members]);
};

/** The methods that a file of the core declares, with their comments; `all` are the options that they may name. */
export const methodsIn = (family: string, source: string, all: AllOptions): readonly Method[] =>
  [...source.matchAll(comment)].map((found) => {
    const [raw, name] = [found[1]!, found[2]!];
    const [description, ...tags] = plain(raw).split(/^@/m);
    const examples = tags.filter((tag) => tag.startsWith("example")).flatMap((tag) => tag.slice(7).trim().split("\n"));
    const argumentsOf = new Map(
      tags.flatMap((tag) => {
        const param = tag.match(/^param (\w+)\s+([\s\S]*)/);
        return param ? [[param[1]!, param[2]!.trim().replaceAll(/\s+/g, " ")] as const] : [];
      }),
    );
    const signature = source.slice(found.index + raw.length).split(/\n\s*\/\*\*|\n\}/)[0]!;
    const named = /\b(\w+Options)\b/.exec(signature)?.[1];
    const options = new Map([...(named ? commentsOf(named, all) : []), ...argumentsOf]);
    return { name, family, text: description!.trim(), examples, options };
  });

/** What the comment of an exported function says: its text, and what follows @example. */
export const functionComment = (source: string, name: string): { readonly text: string; readonly example: string } => {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name} =`).exec(source);
  const [text = "", ...tags] = plain(found?.[1] ?? "").split(/^@/m);
  const example = tags.find((tag) => tag.startsWith("example")) ?? "";
  return { text: text.trim(), example: example.slice("example".length).trim() };
};
