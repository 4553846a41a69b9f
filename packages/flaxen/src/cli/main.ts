import { readFileSync } from "node:fs";
import { runCommand } from "./run-command.ts";

const described = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};
const { stdout, stderr } = process;
const code = await runCommand(process.argv.slice(2), {
  version: described.version,
  out: (text) => void stdout.write(`${text}\n`),
  error: (text) => void stderr.write(`${text}\n`),
  color: stdout.hasColors?.() === true,
});
// What was looked at in vain, a folder that does not answer, must not keep the process; what was written is written first.
stdout.write("", () => process.exit(code));
