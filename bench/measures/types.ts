import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { chain, header, nothing } from "../../packages/core/test/chains.ts";
import { emitDeclarations, removeDeclarations, typeCheck } from "../../packages/core/test/type-check.ts";
import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";

const layers = 300;
const rounds = 7;
const root = dirname(dirname(import.meta.dirname));
const diagnostics = ["--extendedDiagnostics", "--singleThreaded", "--skipLibCheck"];

export const types = defineBench({
  name: "types",
  measures: [
    {
      name: "types-300",
      about: `TypeScript's check time for a chain of ${layers} layers, each with its shape, on one thread; peer: no layers`,
      unit: "s",
      goal: { relation: "<=", value: 0.25 },
    },
    {
      name: "types-zoo",
      about: "TypeScript's check time for every example of the zoo, against the packages' declarations, on one thread",
      unit: "s",
      goal: { relation: "<=", value: 1 },
    },
  ],
  run: async () => {
    const declarations = emitDeclarations();
    const check = (program: string) =>
      checkTime(typeCheck(header(`../${declarations}/graph/index.js`) + program, diagnostics));
    const zoo = zooProject();
    try {
      const found = await interleave(rounds, {
        chain: async () => [check(chain(layers / 5))],
        nothing: async () => [check(nothing)],
        zoo: async () => [checkTime(tsc(["-p", zoo, ...diagnostics]))],
      });
      const without = "a program without layers";
      return {
        "types-300": { samples: { ours: found.chain, peer: found.nothing }, against: without },
        "types-zoo": { samples: { ours: found.zoo } },
      };
    } finally {
      removeDeclarations(declarations);
    }
  },
});

const checkTime = (report: string): number => {
  if (report.includes("error TS")) throw new Error(report.slice(0, 500));
  return Number(/Check time:\s+([\d.]+)s/.exec(report)![1]);
};

const tsc = (args: readonly string[]): string =>
  execFileSync(join(root, "node_modules", ".bin", "tsc"), args, { encoding: "utf8", cwd: root });

/** A project of the zoo's files, as a user has it: the packages' built declarations, not their sources. */
const zooProject = (): string => {
  const folder = join(root, "bench", ".cache");
  mkdirSync(folder, { recursive: true });
  const zoo = join(root, "examples", "zoo");
  const files = readdirSync(zoo)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(zoo, name));
  const compilerOptions = { customConditions: [], composite: false, emitDeclarationOnly: false, noEmit: true };
  const project = join(folder, "zoo.json");
  const options = { ...compilerOptions, declaration: false, declarationMap: false, allowImportingTsExtensions: true };
  const relaxed = { ...options, rewriteRelativeImportExtensions: false };
  writeFileSync(
    project,
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions: relaxed, files }),
  );
  return project;
};
