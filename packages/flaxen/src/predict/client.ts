import { type ChildProcessByStdio, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { Failure } from "@flaxen/runner";
import { PredictError } from "../errors/predict.ts";
import type { PackedInputs } from "./feeds.ts";
import { type Frame, frame, frameReader } from "./frames.ts";

export interface PredictorOptions {
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** The folder with `program/`, `config.json` and `artifacts/`. */
  readonly folder: string;
}

/** A process that holds the trained weights and answers requests one after another. */
export interface Predictor {
  /** Its answer; `more` is added to the header of the request. */
  request(inputs: PackedInputs, more?: object): Promise<Frame>;
  /** Head -> the names of its classes, where the data has names; input of text -> its tokens. Known once a request was answered. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly alive: boolean;
  close(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;
interface Waiting {
  /** What the caller called. */
  readonly use: string;
  readonly resolve: (answer: Frame) => void;
  readonly reject: (error: unknown) => void;
}

const stderrKept = 8_000;
/** Variables that would lead an interpreter to other packages than its environment's own. */
const misleading = new Set(["PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "LD_LIBRARY_PATH"]);

/**
 * Starts the process that predicts. It never keeps the script that uses it alive, except while an answer is due, and it
 * ends with that script, however the script ends.
 */
export const startPredictor = ({ python, folder }: PredictorOptions): Predictor => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.has(name)));
  const child: Child = spawn(python, ["-m", "flaxen.predict"], {
    cwd: join(folder, "program"),
    env: { ...env, FLAXEN_RUN: folder, PATH: `${dirname(python)}:${env.PATH ?? ""}`, PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Map<number, Waiting>();
  const hold = holder(child);
  let alive = true;
  let nextId = 1;
  let stderr = "";
  let names: Predictor["names"] = {};
  let broken: unknown;

  const settle = (id: number): Waiting | undefined => {
    const found = waiting.get(id);
    waiting.delete(id);
    hold(waiting.size > 0);
    return found;
  };
  const die = (error: PredictError): void => {
    alive = false;
    broken = error;
    for (const id of [...waiting.keys()]) settle(id)?.reject(error);
  };
  const answer = (found: Frame): void => {
    const { header } = found;
    const failed = header.error as Failure | undefined;
    if (typeof header.id !== "number") {
      if (failed) die(fromFailure(failed));
      else names = (header.classes ?? {}) as Predictor["names"];
      return;
    }
    const asked = settle(header.id);
    if (failed) asked?.reject(fromFailure(failed, asked.use));
    else asked?.resolve(found);
  };

  const read = frameReader();
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      for (const found of read(chunk)) answer(found);
    } catch (cause) {
      die(
        new PredictError("The predicting process answered with something that is no frame.", "protocol", "", { cause }),
      );
      child.kill("SIGKILL");
    }
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  child.stdin.on("error", () => {});
  child.on("error", (cause) =>
    die(new PredictError(`Python could not be started: ${python}. ${cause.message}`, "python-missing", "", { cause })),
  );
  child.on("close", (exit, signal) => {
    if (alive)
      die(
        new PredictError(`The predicting process ended (${signal ?? `exit code ${exit}`}).`, "exited", stderr.trim()),
      );
  });
  hold(false);

  return {
    get alive() {
      return alive;
    },
    get names() {
      return names;
    },
    request: ({ arrays, values, files, table }, more) =>
      new Promise((resolve, reject) => {
        if (!alive) return reject(broken);
        const id = nextId++;
        waiting.set(id, { use: Object.keys(more ?? {})[0] ?? "predict", resolve, reject });
        hold(true);
        const inputs = Object.fromEntries(
          Object.entries(arrays).map(([name, { dtype, shape }]) => [name, { dtype, shape }]),
        );
        child.stdin.cork();
        for (const part of frame({ id, inputs, values, files, rows: table, ...more }, Object.values(arrays)))
          child.stdin.write(part);
        child.stdin.uncork();
      }),
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
        hold(true);
        child.once("close", () => resolve());
        child.stdin.end();
        setTimeout(() => child.kill("SIGKILL"), 2_000).unref();
      }),
  };
};

/** Keeps this process alive, or no longer, for the sake of the child. */
const holder = (child: Child) => {
  const handles = [child, child.stdin, child.stdout, child.stderr] as unknown as readonly {
    ref?(): void;
    unref?(): void;
  }[];
  return (hold: boolean): void => {
    for (const handle of handles) hold ? handle.ref?.() : handle.unref?.();
  };
};

const fromFailure = ({ code, message, traceback, type }: Failure, use = "predict"): PredictError =>
  new PredictError(code === "exception" ? `${use} failed: ${type}: ${message}` : `${use}: ${message}`, code, traceback);
