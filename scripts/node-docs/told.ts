import { basename } from "node:path";
import { FlaxenError } from "../../packages/errors/src/index.ts";
import { diagnose, type Marked } from "../../packages/flaxen/src/mistakes/language-service.ts";
import { writeProject } from "../../packages/flaxen/src/mistakes/project.ts";

/** What somebody sees who writes a program and runs it. */
export interface Told {
  readonly program: string;
  /** What the editor underlines. */
  readonly marked: readonly Marked[];
  /** What is thrown when it runs: its lines, the place in "net.ts" as a user's own file. */
  readonly thrown: string | undefined;
  /** Line and column of that place, from 1 on. */
  readonly site: { readonly line: number; readonly column: number } | undefined;
}

/** Checks programs in one editor, and runs each. */
export const tellAll = async (programs: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Told>> => {
  const project = writeProject(Object.fromEntries([...programs].map(([name, text]) => [`${name}.ts`, text])));
  try {
    const marked = diagnose(project.configuration, project.files);
    const told = new Map<string, Told>();
    for (const [place, [name, program]] of [...programs].entries()) {
      const file = project.files[place]!;
      const error: unknown = await import(file).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      if (error !== undefined && !FlaxenError.isInstance(error)) throw error;
      const thrown = error && `${error.name}: ${error.message}`.replaceAll(file, "net.ts");
      if (thrown?.includes(basename(file))) throw new Error(`${name}: a path stands in what is thrown: ${thrown}`);
      if (thrown === undefined && marked[place]!.length === 0) throw new Error(`${name}: its mistake is none`);
      told.set(name, { program, marked: marked[place]!, thrown, site: error?.site });
    }
    return told;
  } finally {
    project.remove();
  }
};
