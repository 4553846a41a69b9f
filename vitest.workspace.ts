import { defineConfig } from "vitest/config";

const shared = { resolve: { conditions: ["@flaxen/source"] }, ssr: { resolve: { conditions: ["@flaxen/source"] } } };

export default defineConfig({
  test: {
    projects: ["errors", "core", "compiler", "runner", "runner-local", "flaxen"].map((name) => ({
      ...shared,
      test: {
        name,
        root: `packages/${name}`,
        include: ["src/**/*.test.ts"],
        testTimeout: 120_000,
        hookTimeout: 600_000,
      },
    })),
  },
});
