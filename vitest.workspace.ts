import { defineConfig } from "vitest/config";

const packages = ["errors", "core", "compiler", "runner", "runner-local", "flaxen"].map((name) => `packages/${name}`);

/** Files that a run leaves out; the option --exclude does not reach projects. */
const leftOut = process.env.FLAXEN_TEST_EXCLUDE?.split(",") ?? [];

export default defineConfig({
  test: {
    projects: [...packages, "examples", "bench", "packaging"].map((folder) => ({
      resolve: { conditions: ["@flaxen/source"] },
      ssr: { resolve: { conditions: ["@flaxen/source"] } },
      test: {
        name: folder.split("/").at(-1)!,
        root: folder,
        include: ["**/*.test.ts"],
        exclude: ["**/node_modules/**", "**/dist/**", ...leftOut],
        testTimeout: 300_000,
        hookTimeout: 300_000,
        ...(folder === "packaging" && { globalSetup: "setup.ts" }),
      },
    })),
  },
});
