import { defineConfig } from "tsup";

const packages = ["errors", "core", "runner", "compiler", "runner-local", "flaxen"];

/** Declarations come from `tsc -b`: TypeScript 7 has no compiler API for tsup to call. */
export default defineConfig(
  packages.map((name) => ({
    entry: { index: `packages/${name}/src/index.ts` },
    outDir: `packages/${name}/dist`,
    format: "esm",
    target: "node22",
    platform: "neutral",
    sourcemap: true,
    dts: false,
    skipNodeModulesBundle: true,
    silent: true,
  })),
);
