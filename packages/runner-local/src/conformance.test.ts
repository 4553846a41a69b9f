import { testRunner } from "@flaxen/runner/conformance";
import { localCapabilities, localSubject } from "./testing/subjects.ts";

await testRunner({ name: "file", create: localSubject, capabilities: localCapabilities });
