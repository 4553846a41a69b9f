import { chain, header, nothing } from "../../packages/core/test/chains.ts";
import { emitDeclarations, removeDeclarations, typeCheck } from "../../packages/core/test/type-check.ts";
import { defineBench } from "../harness/bench.ts";
import { interleave } from "../harness/interleave.ts";

const layers = 300;
const rounds = 7;

export const types = defineBench({
  name: "types",
  measures: [
    {
      name: "types-300",
      about: `TypeScript's check time for a chain of ${layers} layers, each with its shape, on one thread; peer: no layers`,
      unit: "s",
      goal: { relation: "<=", value: 0.25 },
    },
  ],
  run: async () => {
    const declarations = emitDeclarations();
    try {
      const seconds = (program: string): number => {
        const text = header(`../${declarations}/graph/index.js`) + program;
        const report = typeCheck(text, ["--extendedDiagnostics", "--singleThreaded", "--skipLibCheck"]);
        if (report.includes("error TS")) throw new Error(report.slice(0, 500));
        return Number(/Check time:\s+([\d.]+)s/.exec(report)![1]);
      };
      const samples = await interleave(rounds, {
        ours: async () => [seconds(chain(layers / 5))],
        peer: async () => [seconds(nothing)],
      });
      return { "types-300": { samples, against: "a program without layers" } };
    } finally {
      removeDeclarations(declarations);
    }
  },
});
