import { spawn } from "node:child_process";

export interface ScriptResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a TypeScript file in a Node process of its own, against the packages' sources. */
export const runScript = (
  script: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = {},
  cwd = process.cwd(),
): Promise<ScriptResult> => runCommand(process.execPath, ["--conditions=@flaxen/source", script, ...args], env, cwd);

/** Runs a command to its end. */
export const runCommand = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<ScriptResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
