import { callSite } from "@flaxen/errors";
import { z } from "zod";
import { checkOptions, optionError } from "../document/options.ts";
import { role } from "../nodes/role.ts";
import { checkColumns, checkRowShape, inOrder } from "./columns.ts";
import { createData } from "./create-data.ts";
import { type Data, defineData } from "./define-data.ts";
import { fraction, type HasValidation } from "./split.ts";

const column = z.string().min(1);
const columns = z.array(column).min(1);

export const csvData = defineData({
  type: "csv",
  doc: "A table with a header line.",
  parameters: z.strictObject({
    path: role.host(z.string().min(1)),
    features: role.host(z.record(z.string(), columns)),
    targets: role.host(z.record(z.string(), z.union([column, columns]))),
    validation: role.host(z.union([fraction, z.string().min(1)])).optional(),
    separator: role.host(z.string().length(1)).default(","),
    scaling: role.host(z.enum(["standard", "none"])).default("standard"),
  }),
  hasValidation: ({ validation }) => validation !== undefined,
  check: ({ features, targets }, expectations, site) => {
    const named = { ...features, ...targets };
    checkColumns("data.csv", [...Object.keys(features), ...Object.keys(targets)], expectations, site);
    for (const [name, expected] of Object.entries(expectations)) {
      if ((expected.role === "input") !== Object.hasOwn(features, name))
        throw optionError(
          "data.csv",
          expected.role === "input"
            ? `"${name}" is an input: name its columns in features`
            : `"${name}" is a head: name its column in targets`,
          site,
        );
      const given = named[name]!;
      checkRowShape("data.csv", name, typeof given === "string" ? [] : [given.length], expected, site);
    }
    const read = new Set(Object.values(features).flat());
    const leak = Object.values(targets)
      .flat()
      .find((target) => read.has(target));
    if (leak !== undefined)
      throw optionError(
        "data.csv",
        `column "${leak}" is both a feature and a target, so the answer would be given away`,
        site,
      );
  },
  ordered: (params, expectations) => ({
    ...params,
    features: inOrder(params.features, expectations),
    targets: inOrder(params.targets, expectations),
  }),
});

export interface CsvOptions<V> {
  /** Input -> its columns, in order: as many as the input has features. */
  readonly features: Readonly<Record<string, string | readonly string[]>>;
  /** Head -> its column; one each for a regression of several outputs. Class names may be text. */
  readonly targets: Readonly<Record<string, string | readonly string[]>>;
  /** Another file, or a share of the rows. Without it nothing validates. */
  readonly validation?: V;
  /** @defaultValue "," */
  readonly separator?: string;
  /** "standard": mean 0 and deviation 1, fitted on the training rows only. @defaultValue "standard" */
  readonly scaling?: "standard" | "none";
}

/** A table with a header line, read lazily. Scaling and class names are saved with the trained model. */
export const csv = <const V extends number | string | undefined = undefined>(
  path: string,
  options: CsvOptions<V>,
): Data<HasValidation<V>> => {
  const site = callSite(csv);
  const { features } = checkOptions(looseFeatures, { features: options?.features }, "data.csv", site);
  const lists = Object.entries(features).map(([name, names]) => [name, typeof names === "string" ? [names] : names]);
  return createData(csvData, { ...options, path, features: Object.fromEntries(lists) }, "data.csv", site);
};

const looseFeatures = z.strictObject({ features: z.record(z.string(), z.union([column, columns])) });
