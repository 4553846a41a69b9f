import { FlaxenError, type Site } from "@flaxen/errors";

/** What a user sees of an error; the file's name without its folders. */
export interface Caught {
  readonly code: string;
  /** The first line of the message. */
  readonly sentence: string;
  readonly node: string;
  /** "x.test.ts:12" */
  readonly at: string | undefined;
  readonly appliedAt: string | undefined;
}

const place = (site: Site | undefined): string | undefined => site && `${site.file.split("/").at(-1)}:${site.line}`;

/** The error that a call throws. */
export const caught = (call: () => unknown): Caught => {
  try {
    call();
  } catch (error) {
    if (!FlaxenError.isInstance(error)) throw error;
    const { node = "", appliedAt } = error as { readonly node?: string; readonly appliedAt?: Site };
    const sentence = error.message.split("\n")[0]!;
    return { code: error.code, sentence, node, at: place(error.site), appliedAt: place(appliedAt) };
  }
  throw new Error("nothing was thrown");
};

/** The line of this test file that calls it: "x.test.ts:12". */
export const here = (): string => {
  const frame = new Error().stack!.split("\n")[2]!;
  const [, file, line] = /([^/(]+\.ts):(\d+):\d+\)?$/.exec(frame)!;
  return `${file}:${line}`;
};

/** Some lines further down. */
export const below = (place: string, lines: number): string => {
  const [file, line] = place.split(":");
  return `${file}:${Number(line) + lines}`;
};
