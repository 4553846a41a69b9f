import type { Check } from "../check.ts";
import { attachChecks } from "./attach.ts";
import { cancelChecks } from "./cancel.ts";
import { endingChecks } from "./endings.ts";
import { handleChecks } from "./handles.ts";
import { identityChecks } from "./identity.ts";
import { loadChecks } from "./load.ts";
import { resultChecks } from "./results.ts";
import { streamChecks } from "./streams.ts";

/** All that a runner promises, each as a plain asynchronous function. */
export const checks: readonly Check[] = [
  ...streamChecks,
  ...resultChecks,
  ...attachChecks,
  ...identityChecks,
  ...cancelChecks,
  ...endingChecks,
  ...handleChecks,
  ...loadChecks,
];
