import { local } from "@flaxen/runner-local";

/** The interpreter that tests share, where one is named: it saves building an environment. */
export const testPython: string | undefined = process.env.FLAXEN_TEST_PYTHON;

/** A local runner over a home of its own; without one, over the user's. */
export const testRunner = (home?: string) => local({ home, environment: testPython });
