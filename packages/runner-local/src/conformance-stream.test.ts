import { testRunner } from "@flaxen/runner/conformance";
import { streamCapabilities, streamSubject } from "./testing/subjects.ts";

/** Another one for each check. */
let weather = 0;

await testRunner({
  name: "stream",
  create: (wishes) => streamSubject(wishes, 500, ++weather),
  capabilities: streamCapabilities,
});
