import { type Check, type RunCheckOptions, runCheck } from "./check.ts";
import { checks } from "./checks/index.ts";
import type { Capability } from "./subject.ts";

/** As vitest's `test`, and as much of it as is needed. */
export interface RegisterTest {
  (title: string, body: () => Promise<void>, milliseconds: number): unknown;
  skip(title: string, body: () => Promise<void>): unknown;
}

export interface TestRunnerOptions extends RunCheckOptions {
  /** Of the runner, for the tests' titles. */
  readonly name: string;
  readonly capabilities: readonly Capability[];
  /** Registers one test. @defaultValue vitest's `test` */
  readonly test?: RegisterTest | undefined;
}

/**
 * Registers one test for each check of the suite: `await testRunner({ name, create, capabilities })` at the top of a test
 * file. Checks that need what the runner cannot do are registered as skipped.
 */
export const testRunner = async ({ name, capabilities, test, ...options }: TestRunnerOptions): Promise<void> => {
  const register = test ?? ((await import("vitest")).test as RegisterTest);
  for (const check of checks) {
    const title = `${name}: ${check.name}`;
    const missing = missingFor(check, capabilities);
    if (missing.length > 0) register.skip(`${title} (needs ${missing.join(", ")})`, async () => undefined);
    else register(title, () => runCheck(check, options), longest);
  }
};

/** What the check needs and the runner does not claim. */
export const missingFor = (check: Check, capabilities: readonly Capability[]): readonly Capability[] =>
  check.needs.filter((need) => !capabilities.includes(need));

/** Milliseconds: each check minds its own time, so this one only has to be longer. */
const longest = 600_000;
