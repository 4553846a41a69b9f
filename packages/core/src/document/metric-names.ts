import { dataDefinition } from "../data/definitions.ts";
import { metricNamesOf } from "../heads/own/forms.ts";
import type { DataDocument, ExperimentDocument, ModelDocument } from "./schema.ts";

/** "loss", then each head's loss and metrics: "digit/loss", "digit/accuracy". */
export const modelMetricNames = (model: ModelDocument): readonly string[] => [
  "loss",
  ...model.heads.flatMap(({ name, params }) => ["loss", ...metricNamesOf(params)].map((metric) => `${name}/${metric}`)),
];

/** Whether there are rows to validate on. */
export const hasValidation = (data: DataDocument | undefined): boolean =>
  data !== undefined && dataDefinition(data).hasValidation(data.params);

/** The metrics that a run of the experiment reports, in order; with validation data also "val/…" of each. */
export const metricNames = ({ model, data }: ExperimentDocument): readonly string[] => {
  const names = modelMetricNames(model);
  return hasValidation(data) ? [...names, ...names.map((name) => `val/${name}`)] : names;
};
