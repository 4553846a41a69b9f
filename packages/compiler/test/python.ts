import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";

/** The interpreter that tests run emitted code with; it has JAX, Flax and the development tools. */
export const python = process.env.FLAXEN_TEST_PYTHON ?? "python3";

const env = {
  ...process.env,
  // What is about to leave JAX, Flax, Optax or NumPy must not be in what is emitted.
  PYTHONWARNINGS: "error::DeprecationWarning,error::PendingDeprecationWarning",
  // What tests compile runs a few times: compiling it well would take longer than it saves.
  XLA_FLAGS: "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true",
};

/** Runs a command to its end and returns what it printed; throws with its output when it fails. */
export const output = (command: string, args: readonly string[], options: { input?: string; cwd?: string } = {}) => {
  const done = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 28, env, ...options });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.status}\n${done.stdout}${done.stderr}`);
  return done.stdout;
};

/** Runs a Python script with JSON on its standard input and parses the JSON that it prints. */
export const runPython = (script: string, input: unknown): unknown =>
  JSON.parse(output(python, ["-c", script], { input: JSON.stringify(input) }));

/** `ruff …` with the rules that emitted files keep, whatever the settings of the machine. */
export const ruff = (args: readonly string[], options?: { input?: string; cwd?: string }) =>
  output(join(dirname(python), "ruff"), args, options);
