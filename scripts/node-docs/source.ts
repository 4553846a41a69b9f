/** What the comment of a parameter says. */
export interface Comment {
  readonly text: string;
  /** Its default in words. */
  readonly usual?: string | undefined;
}
export type Comments = ReadonlyMap<string, Comment>;

/** What the comment of a method says. */
export interface Method {
  readonly name: string;
  /** The folder of its file. */
  readonly family: string;
  readonly text: string;
  /** What follows each @example, one line each. */
  readonly examples: readonly string[];
  /** What the comments of its options say. */
  readonly options: Comments;
  /** A section about what it is given, where that is made by a function of its own. */
  readonly making?: string;
}

const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)<\s*(?:Self|const [A-Z]\w*)/g;

const option = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g;

/** A member of an object or of an interface, which may be a function. */
const member = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:readonly )?(\w+)\??[:(]/g;

const plain = (raw: string): string =>
  raw
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();

/** An interface of options: the comments of its own members by their names, and what it extends. */
interface Options {
  readonly members: Comments;
  readonly bases: readonly string[];
}
export type AllOptions = ReadonlyMap<string, Options>;

const declaration = /interface (\w*Options)\b([^{]*)\{([\s\S]*?)\n?\}/g;

/** As the table's cell has it: a sentence. */
const sentence = (text: string): string => {
  const words = text.trim().replaceAll(/\s+/g, " ");
  if (words === "") return "";
  const begun = /^[a-z]+[ ,]/.test(words) ? words[0]!.toUpperCase() + words.slice(1) : words;
  return /[.:?)]$/.test(begun) ? begun : `${begun}.`;
};

const commentsIn = (source: string, pattern: RegExp): Comments =>
  new Map(
    [...source.matchAll(pattern)].map(([, raw, name]) => {
      const [text, usual] = plain(raw!).split("@defaultValue") as [string, string?];
      return [name!, { text: sentence(text), usual: usual?.trim().replaceAll(/\s+/g, " ") }];
    }),
  );

/** The comments of the members of every interface in a text, by their names. */
export const optionsIn = (source: string): Comments => commentsIn(source, option);

/** The comments of what the objects and interfaces of a text have, by their names. */
export const membersIn = (source: string): Comments => commentsIn(source, member);

/** The interfaces of options that a file declares, by their names. */
export const interfacesIn = (source: string): AllOptions =>
  new Map(
    [...source.matchAll(declaration)].map(([, name, head, body]) => {
      const bases = [...head!.matchAll(/\b(\w+Options)\b/g)];
      return [name!, { members: optionsIn(body!), bases: bases.map(([, base]) => base!) }];
    }),
  );

/** The comments of an interface's members, its own before those of what it extends. */
const commentsOf = (name: string, all: AllOptions): Comments => {
  const { members, bases } = all.get(name) ?? { members: new Map<string, Comment>(), bases: [] };
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
        return param ? [[param[1]!, { text: sentence(param[2]!) }] as const] : [];
      }),
    );
    const signature = source.slice(found.index + raw.length).split(/\n\s*\/\*\*|\n\}/)[0]!;
    const named = /\b(\w+Options)\b/.exec(signature)?.[1];
    const options = new Map<string, Comment>([...(named ? commentsOf(named, all) : []), ...argumentsOf]);
    return { name, family, text: description!.trim(), examples, options };
  });

/** What the comment of an exported function says: its text, and what follows @example. */
export const functionComment = (source: string, name: string): { readonly text: string; readonly example: string } => {
  const found = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*export const ${name} =`).exec(source);
  const [text = "", ...tags] = plain(found?.[1] ?? "").split(/^@/m);
  const example = tags.find((tag) => tag.startsWith("example")) ?? "";
  return { text: text.trim(), example: example.slice("example".length).trim() };
};
