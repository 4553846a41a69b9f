import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { quickInfo } from "./language-service.ts";
import { above, type Hover, imports, type Mistake, running } from "./mistake.ts";
import { writeProject } from "./project.ts";

const home = join(import.meta.dirname, "../..");
const tsc = join(home, "../../node_modules/.bin/tsc");
/** A run that needs no Python, for mistakes that are really made. */
const made = `${imports}import { run, trained } from "../../src/mistakes/given.ts";\n${above}`;
const typed = `${imports}${above}${running}`;

/** What one mistake gives. */
export interface Told {
  /** The lines of the compiler, the first one with its place: "1:5 Argument of type …". */
  readonly editor: readonly string[];
  /** The first line of the error. */
  readonly run: string | undefined;
}

const countLines = (text: string): number => text.split("\n").length - 1;

/** A file that holds all snippets, each in a function of its own. */
const project = (start: string, snippets: readonly string[]) => {
  const starts: number[] = [];
  let text = `${start}export const made: (() => Promise<void>)[] = [];\n`;
  for (const code of snippets) {
    text += "made.push(async () => {\n";
    starts.push(text.length);
    text += `${code}\n});\n`;
  }
  const { configuration, files, remove } = writeProject({ "program.ts": text }, { noErrorTruncation: true });
  return {
    configuration,
    file: files[0]!,
    starts,
    lines: starts.map((at) => countLines(text.slice(0, at)) + 1),
    remove,
  };
};

const errorIn = /^\S*program\.ts\((\d+),(\d+)\): error TS\d+: (.*)$/;

/** All mistakes, checked at once and then made one after another. */
export const makeMistakes = async (mistakes: readonly Mistake[]): Promise<readonly Told[]> => {
  const { file, configuration, lines, remove } = project(
    made,
    mistakes.map(({ code }) => code),
  );
  const { stdout } = await promisify(execFile)(tsc, ["-p", configuration, "--pretty", "false"]).catch(
    (error: { readonly stdout: string }) => error,
  );
  const editor: string[][] = mistakes.map(() => []);
  let told: string[] | undefined;
  for (const line of stdout.split("\n").filter(Boolean)) {
    const [, at, column, message] = errorIn.exec(line) ?? [];
    if (message === undefined) {
      if (!line.startsWith(" ")) throw new Error(`The mistakes cannot be checked: ${line}`);
      told?.push(line);
      continue;
    }
    const which = lines.findLastIndex((first) => first <= Number(at));
    told = editor[which];
    if (!told) throw new Error(`What stands above the mistakes is wrong: ${line}`);
    told.push(`${Number(at) - lines[which]! + 1}:${column} ${message}`);
  }
  const program = (await import(file)) as { readonly made: readonly (() => Promise<void>)[] };
  const all: Told[] = [];
  for (const [at, make] of program.made.entries()) {
    const run = await make().then(
      () => undefined,
      (cause: unknown) => (cause instanceof Error ? cause.message.split("\n")[0]! : String(cause)),
    );
    all.push({ editor: editor[at]!, run });
  }
  remove();
  return all;
};

/** What an editor shows at the marked place of each snippet. */
export const readHovers = (hovers: readonly Hover[]): readonly string[] => {
  const { file, configuration, starts, remove } = project(
    typed,
    hovers.map(({ code }) => code.replace(/[«»]/g, "")),
  );
  const places = hovers.map(({ code }, at) => starts[at]! + code.indexOf("«"));
  const shown = quickInfo(configuration, file, places);
  remove();
  return shown;
};
