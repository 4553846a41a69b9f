import { type RegisterTest, testRunner } from "@flaxen/runner/conformance";
import { test } from "vitest";
import { streamCapabilities, streamSubject } from "./testing/subjects.ts";

/** Another one for each check. */
let weather = 0;

/** What this carrier is not for is shown on the other one; a skipped test here would count as one that could not be run. */
const register: RegisterTest = Object.assign((...registered: Parameters<RegisterTest>) => test(...registered), {
  skip: () => undefined,
});

await testRunner({
  name: "stream",
  create: (wishes) => streamSubject(wishes, 500, ++weather),
  capabilities: streamCapabilities,
  test: register,
});
