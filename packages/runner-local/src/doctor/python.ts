import { PythonMissingError, PythonTooOldError } from "@flaxen/runner";
import { execa } from "execa";
import { findPython } from "../python/find-python.ts";
import { pythonVariables } from "../python/variables.ts";
import { type Finding, finding } from "./finding.ts";
import type { Patient } from "./patient.ts";

export const examinePython = async ({ python }: Patient): Promise<readonly Finding[]> => {
  const uv = await uvVersion();
  try {
    const { executable, version } = await findPython({ python, install: false });
    const tool = uv === undefined ? "venv and pip" : uv;
    return [finding("python", "ok", `Python ${version.join(".")} (${executable}), environments are made with ${tool}`)];
  } catch (error) {
    if (PythonTooOldError.isInstance(error)) {
      return [finding("python", "problem", firstSentence(error.message), install(uv !== undefined))];
    }
    if (!PythonMissingError.isInstance(error)) throw error;
    if (uv !== undefined && python === undefined && !process.env.FLAXEN_PYTHON) {
      const text = `none that is usable, but ${uv} installs one for the first run`;
      return [
        finding("python", "warning", text, "Where there is no network then: install Python 3.11 or newer yourself."),
      ];
    }
    const found = error.tried.filter((line) => python !== undefined || !line.endsWith(": not found"));
    const text = found.length === 0 ? "none was found" : `none that is usable: ${found.join("; ")}`;
    return [finding("python", "problem", text, install(uv !== undefined))];
  }
};

const install = (uv: boolean): string => {
  const named = "name one that lies elsewhere: FLAXEN_PYTHON or local({ python })";
  return `Install Python 3.11 or newer${uv ? " (uv python install 3.13)" : " with its venv module (Debian: apt install python3-venv), or uv"}; or ${named}.`;
};

const firstSentence = (message: string): string => message.split(/(?<=\.) /)[0] ?? message;

/** "uv 0.9.1"; undefined without one. */
const uvVersion = async (): Promise<string | undefined> => {
  const { stdout, failed } = await execa("uv", ["--version"], {
    reject: false,
    timeout: 5_000,
    stdin: "ignore",
    env: pythonVariables(),
    extendEnv: false,
  });
  return failed ? undefined : stdout.split(" ").slice(0, 2).join(" ");
};
