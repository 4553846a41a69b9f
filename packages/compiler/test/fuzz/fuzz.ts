import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FlaxenError } from "@flaxen/errors";
import { type Random, randomFrom } from "../../../core/test/random.ts";
import { compile } from "../../src/compile.ts";
import { commentText, floatLiteral, stringLiteral } from "../../src/python/literals.ts";
import { scope, snakeCase } from "../../src/python/names.ts";
import { runtimeFiles } from "../../src/runtime/files.generated.ts";
import { experiments, hostile } from "../experiments.ts";
import { python } from "../python.ts";
import { hostileNumber, hostileString } from "./hostile.ts";
import { mutated } from "./mutate.ts";

export interface FuzzOptions {
  /** Hostile values: half of them as literals, names and comments, half of them in documents. */
  readonly cases: number;
  readonly seed: number;
  /** Emitted programs that are imported, not only parsed. */
  readonly imports: number;
  readonly onProgress?: (text: string) => void;
}

export interface FuzzReport {
  readonly literals: number;
  readonly documents: number;
  /** Documents that were refused, by the error's code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly accepted: number;
  /** Different programs, parsed and checked by Python's `ast`. */
  readonly programs: number;
  readonly imported: number;
  /** What must never happen, each with the case that shows it. */
  readonly faults: readonly string[];
}

/** How many changes that were not refused pile up in one document before it is compiled. */
const pile = 12;
const batch = 50_000;

/** Runs the campaign: the same seed, the same cases. */
export const fuzz = ({ cases, seed, imports, onProgress = () => {} }: FuzzOptions): FuzzReport => {
  const random = randomFrom(seed);
  const faults: string[] = [];
  const half = Math.floor(cases / 2);
  for (let done = 0; done < half; done += batch) {
    faults.push(...checkLiterals(random, Math.min(batch, half - done)));
    onProgress(`${Math.min(done + batch, half)} of ${half} literals, ${faults.length} faults`);
  }
  const found = attackDocuments(random, cases - half, (text) => onProgress(text));
  const programs = [...found.programs.values()];
  return {
    literals: half,
    documents: cases - half,
    refused: found.refused,
    accepted: found.accepted,
    programs: programs.length,
    imported: Math.min(imports, programs.length),
    faults: [...faults, ...found.faults, ...checkPrograms(programs, imports)],
  };
};

const shortened = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

/** Strings, numbers, comments and names as they are printed, read back by Python. */
const checkLiterals = (random: Random, count: number): readonly string[] => {
  const names = scope();
  const cases = Array.from({ length: count }, () => {
    if (random.chance(0.25)) {
      const number = Math.abs(hostileNumber(random));
      if (Number.isFinite(number)) return { float: floatLiteral(number), bits: bitsOf(number) };
    }
    const text = hostileString(random);
    return {
      text: stringLiteral(text),
      codes: [...text].map((character) => character.codePointAt(0)!),
      comment: commentText(text),
      name: names.claim(snakeCase(text)),
    };
  });
  const script = join(import.meta.dirname, "check_literals.py");
  return run([script], cases);
};

const bitsOf = (value: number): string => Buffer.from(new Float64Array([value]).buffer).toString("hex");

const run = (args: readonly string[], input: unknown): readonly string[] => {
  const done = spawnSync(python, ["-B", ...args], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) return [`${args[0]} ended with ${done.status}:\n${done.stderr.slice(-2000)}`];
  return JSON.parse(done.stdout);
};

/** Documents changed for the worse, one place at a time: refused by name, or compiled. */
const attackDocuments = (random: Random, count: number, onProgress: (text: string) => void) => {
  const samples = [...Object.values(experiments), hostile].map((make) => JSON.parse(JSON.stringify(make().document)));
  const refused: Record<string, number> = {};
  const programs = new Map<string, Files>();
  const faults: string[] = [];
  let accepted = 0;
  let [current, changes] = [random.pick(samples), 0];
  for (let i = 0; i < count; i++) {
    const attack = mutated(current, random);
    try {
      const { program, assets } = compile(attack);
      accepted++;
      [current, changes] = [attack, changes + 1];
      for (const { name } of assets)
        if (!/^[A-Za-z0-9._-]+$/.test(name) || name.startsWith("."))
          faults.push(`asset "${name}" of ${shortened(attack)}`);
      if (changes < pile) continue;
      const { "model.py": model, "train.py": train } = program.files;
      programs.set(`${model}\0${train}`, { "model.py": model!, "train.py": train! });
      [current, changes] = [random.pick(samples), 0];
    } catch (error) {
      if (FlaxenError.isInstance(error)) refused[error.code] = (refused[error.code] ?? 0) + 1;
      else faults.push(`${error} for ${shortened(attack)}`);
    }
    if (({} as Record<string, unknown>).polluted !== undefined || Object.keys(Object.prototype).length > 0)
      throw new Error(`a prototype was polluted by ${shortened(attack)}`);
    if ((i + 1) % batch === 0)
      onProgress(`${i + 1} of ${count} documents, ${programs.size} programs, ${faults.length} faults`);
  }
  return { refused, accepted, programs, faults };
};

type Files = Readonly<Record<string, string>>;

/** What Python finds in programs that is not meant to be there: all are parsed, the first of them imported as well. */
export const checkPrograms = (programs: readonly Files[], imports: number): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), "flaxen-fuzz-"));
  try {
    for (const [path, text] of Object.entries(runtimeFiles)) write(join(folder, path), text);
    return run([join(import.meta.dirname, "check_programs.py"), folder, String(imports)], programs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const write = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
