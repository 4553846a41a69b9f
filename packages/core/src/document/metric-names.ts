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

/** Whether there are rows to test on. */
export const hasTest = (data: DataDocument | undefined): boolean => data?.params.test !== undefined;

/** The metrics that a run reports after every epoch, in order; with validation data also "val/…" of each. */
export const epochMetricNames = ({ model, data }: Pick<ExperimentDocument, "model" | "data">): readonly string[] => {
  const names = modelMetricNames(model);
  return hasValidation(data) ? [...names, ...names.map((name) => `val/${name}`)] : names;
};

/** The metrics that a run reports, in order: those of an epoch, and with test data "test/…" of each at the end. */
export const metricNames = (document: Pick<ExperimentDocument, "model" | "data">): readonly string[] => {
  const names = epochMetricNames(document);
  return hasTest(document.data) ? [...names, ...modelMetricNames(document.model).map((name) => `test/${name}`)] : names;
};
