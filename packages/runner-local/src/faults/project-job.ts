import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "@flaxen/runner";
import { workerOf } from "../testing/programs.ts";

const python = join(import.meta.dirname, "../../../../python");

const isRuntime = (path: string): boolean => path.endsWith(".py") && !/(^|\/)(test_.*|conftest)\.py$/.test(path);

const runtime = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(python, "flaxen"), { recursive: true, encoding: "utf8" })
      .filter(isRuntime)
      .map((path) => [`flaxen/${path}`, readFileSync(join(python, "flaxen", path), "utf8")]),
  );

/** A job of the given files beside the real runtime, as emitted programs have it. */
export const projectJob = (files: Readonly<Record<string, string>>, more: Partial<Job> = {}): Job => {
  const job = workerOf(JSON.stringify(files), more);
  return { ...job, program: { ...job.program, files: { ...runtime(), ...files } } };
};

/** The hand-written project of that name, with its configuration; its data is not there. */
export const handWritten = (name: string): Job => {
  const read = (file: string) => readFileSync(join(python, "projects", name, file), "utf8");
  const config = JSON.parse(read("config.json")) as Record<string, unknown>;
  return projectJob(
    { "model.py": read("model.py"), "train.py": read("train.py") },
    { config: { ...config, assets: "assets" } },
  );
};
