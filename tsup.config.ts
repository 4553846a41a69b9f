import { defineConfig } from "tsup";

/** Declarations come from `tsc -b`: TypeScript 7 has no compiler API for tsup to call. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node22",
  sourcemap: true,
  dts: false,
  silent: true,
});
