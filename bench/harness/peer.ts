import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Mark } from "./marks.ts";

/** One training by the peer. */
export interface PeerTraining {
  readonly marks: readonly Mark[];
  /** How it was set up and what came of it: "steps_per_execution=28, accuracy 1.000". */
  readonly setting: string;
}

/** A Python process that trains when it is asked to; `peers/protocol.py` is its other half. */
export interface Peer extends AsyncDisposable {
  /** Name and versions. */
  readonly name: string;
  train(variant: string, epochs: number): Promise<PeerTraining>;
}

export interface PeerOptions {
  readonly python: string;
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Takes what the peer says on its way. */
  readonly onLog?: (text: string) => void;
}

/** Starts the peer and waits until it has said who it is, all its imports behind it. */
export const startPeer = async ({ python, script, environment = {}, onLog }: PeerOptions): Promise<Peer> => {
  const child = spawn(python, [script], {
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1", ...environment },
  });
  const log = lastLines(child, onLog);
  const lines = createInterface({ input: child.stdout });
  const failed = once(child, "close").then(([code, signal]) => {
    throw new Error(`${script} ended (${signal ?? `exit code ${code}`}):\n${log()}`);
  });
  failed.catch(() => {});
  child.stdin.on("error", () => {});
  const answer = async (): Promise<Answer> => {
    const found = JSON.parse(await Promise.race([nextLine(lines), failed])) as Answer;
    if (found.error !== undefined) throw new Error(`${script} failed:\n${found.error}`);
    return found;
  };
  const { peer: name = script } = await answer();
  return {
    name,
    async train(variant, epochs) {
      child.stdin.write(`${JSON.stringify({ variant, epochs })}\n`);
      const { marks = [], setting = "" } = await answer();
      return { marks: marks.map(([step, seconds]) => ({ step, seconds })), setting };
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await failed.catch(() => {});
    },
  };
};

interface Answer {
  readonly peer?: string;
  readonly marks?: readonly (readonly [step: number, seconds: number])[];
  readonly setting?: string;
  readonly error?: string;
}

const nextLine = async (lines: Interface): Promise<string> => {
  const [line] = await once(lines, "line");
  return line as string;
};

/** Passes on what goes to standard error, and keeps its end for the message of a failure. */
const lastLines = (child: ChildProcessWithoutNullStreams, onLog: PeerOptions["onLog"]): (() => string) => {
  const kept: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    onLog?.(line);
    kept.push(line);
    if (kept.length > 40) kept.shift();
  });
  return () => kept.join("\n");
};
