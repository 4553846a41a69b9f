import { defineConfig } from "vitest/config";

const packages = ["errors", "core", "compiler", "runner", "runner-local", "flaxen"].map((name) => `packages/${name}`);

export default defineConfig({
  test: {
    projects: [...packages, "examples", "bench", "packaging"].map((folder) => ({
      resolve: { conditions: ["@flaxen/source"] },
      ssr: { resolve: { conditions: ["@flaxen/source"] } },
      test: {
        name: folder.split("/").at(-1)!,
        root: folder,
        include: ["**/*.test.ts"],
        exclude: ["**/node_modules/**", "**/dist/**"],
        testTimeout: 300_000,
        hookTimeout: 300_000,
        ...(folder === "packaging" && { globalSetup: "setup.ts" }),
      },
    })),
  },
});
