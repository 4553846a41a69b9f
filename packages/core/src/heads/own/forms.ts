import * as z from "zod";
import { functionsIn, pythonSource } from "../../nodes/own/python-source.ts";
import { userName } from "../../nodes/schemas.ts";

/** Every type of head. */
export const headTypes = [
  "classification",
  "binary",
  "multiLabel",
  "regression",
  "reconstruction",
  "nextToken",
] as const;
export type HeadType = (typeof headTypes)[number];

/** The heads that a loss or metric of the user's own can be used in. */
export const headList = z.array(z.enum(headTypes)).min(1);

const different = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** One line for the catalogue. */
const doc = z.string().min(1).max(500).optional();

/** A loss of the user's own as a document holds it: the function, and what it is called with. */
export const ownLoss = z.strictObject({
  name: userName,
  doc,
  heads: headList,
  python: pythonSource.refine((text) => functionsIn(text)?.length === 1, {
    error: "must define one function at its left margin",
  }),
  /** What its function is called with by keyword. */
  options: z.record(userName, z.json()).default({}),
  /** The same for numbers that may change without changing the program. */
  hyperparameters: z.record(userName, z.number()).default({}),
});
export type OwnLossDocument = z.output<typeof ownLoss>;

/** A metric of the user's own as a document holds it. */
export const ownMetric = z
  .strictObject({
    name: userName,
    doc,
    heads: headList,
    python: pythonSource,
    /** What its function gives for every row, in order; nothing for one number. */
    sums: z.array(userName).max(100).refine(different, { error: "must have each name once" }).default([]),
    /** Whether it is better when smaller. */
    minimised: z.boolean().default(false),
  })
  .refine(
    ({ python, sums }) => {
      const functions = functionsIn(python) ?? [];
      return different(functions) && (functions.length === 2 || (functions.length === 1 && sums.length === 0));
    },
    {
      path: ["python"],
      error: "must define one function at its left margin, or two where the second makes the metric of means",
    },
  );
export type OwnMetricDocument = z.output<typeof ownMetric>;

/** A loss or a metric in a head's parameters: a name, or what the user made. */
export type Score<Own> = string | Own;

/** "rmse", or the name that the user gave. */
export const scoreName = (score: Score<{ readonly name: string }>): string =>
  typeof score === "string" ? score : score.name;

/** The names of the metrics in a head's parameters. */
export const metricNamesOf = (params: Readonly<Record<string, unknown>>): readonly string[] =>
  (params.metrics as readonly Score<OwnMetricDocument>[]).map(scoreName);
