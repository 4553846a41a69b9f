import { didYouMean, FlaxenError } from "@flaxen/errors";
import { RunNotFoundError } from "@flaxen/runner";
import { type Command, parse, UsageError } from "./command.ts";
import { attach } from "./commands/attach.ts";
import { cancel } from "./commands/cancel.ts";
import { doctor } from "./commands/doctor.ts";
import { runs } from "./commands/runs.ts";
import { helpOf, helpOfAll } from "./help.ts";
import type { Terminal } from "./terminal.ts";

const commands: Readonly<Record<string, Command>> = { doctor, runs, attach, cancel };

/** Exit codes: 0 all is well, 1 it is not, 2 the command line cannot be understood. */
export const runCommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const [name, ...rest] = args;
  try {
    if (name === undefined) throw new UsageError(helpOfAll(commands));
    if (name === "--version" || name === "-v") return say(terminal, terminal.version);
    if (name === "--help" || name === "-h" || name === "help") return say(terminal, helpAbout(rest[0]));
    const command = find(name);
    if (rest.includes("--help") || rest.includes("-h")) return say(terminal, helpOf(name, command));
    const { words, values } = parse(name, command, rest);
    return await command.run(words, values, terminal);
  } catch (error) {
    terminal.error(
      error instanceof UsageError || FlaxenError.isInstance(error) ? error.message : String(stackOf(error)),
    );
    if (RunNotFoundError.isInstance(error)) terminal.error("flaxen runs lists those that there are.");
    return error instanceof UsageError ? 2 : 1;
  }
};

const say = (terminal: Terminal, text: string): 0 => {
  terminal.out(text);
  return 0;
};

const helpAbout = (name: string | undefined): string =>
  name === undefined ? helpOfAll(commands) : helpOf(name, find(name));

const find = (name: string): Command => {
  if (Object.hasOwn(commands, name)) return commands[name]!;
  const suggestion = didYouMean(name, Object.keys(commands));
  throw new UsageError(`There is no command "${name}".${suggestion} See flaxen --help.`);
};

const stackOf = (error: unknown): unknown => (error instanceof Error ? (error.stack ?? error.message) : error);
