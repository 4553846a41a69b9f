import { defineConfig } from "tsup";

const packages = ["errors", "core", "runner", "compiler", "runner-local", "flaxen"];
/** What a package offers beside its own name: `@flaxen/runner/conformance`, the command `flaxen`. */
const more: Readonly<Record<string, readonly string[]>> = {
  runner: ["conformance/index", "conformance/fault"],
  flaxen: ["cli/main"],
};

/** Declarations come from `tsc -b`: TypeScript 7 has no compiler API for tsup to call. */
export default defineConfig(
  packages.map((name) => ({
    entry: Object.fromEntries(
      ["index", ...(more[name] ?? [])].map((entry) => [entry, `packages/${name}/src/${entry}.ts`]),
    ),
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
