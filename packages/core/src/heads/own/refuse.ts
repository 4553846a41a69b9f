import type { Site } from "@flaxen/errors";
import type * as z from "zod";
import { OwnPartError } from "../../nodes/own/define-layer.ts";
import { parameterProblem } from "../../nodes/parameters.ts";

/** The error that says what is wrong with a part of the user's own; source text is not repeated. */
export const ownPartError = (
  use: string,
  issue: z.core.$ZodIssue,
  { known, name, site }: { readonly known: readonly string[]; readonly name: unknown; readonly site: Site | undefined },
): OwnPartError => {
  const isSource = issue.path[0] === "python" && issue.message.startsWith("must ") && typeof name === "string";
  const sentence = isSource
    ? `${use}: the Python of "${name}" ${issue.message}`
    : parameterProblem(use, issue, known).sentence;
  return new OwnPartError(sentence, { site });
};
