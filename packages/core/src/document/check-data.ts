import type { Site } from "@flaxen/errors";
import { dataDefinition } from "../data/definitions.ts";
import { BatchSizeError } from "../data/errors.ts";
import type { Expectations } from "../data/expectations.ts";
import { checkOptions } from "./options.ts";
import type { Origins } from "./origins.ts";
import type { DataDocument } from "./schema.ts";

/** Checks the data against what the model expects; gives it in normal form. */
export const checkData = (data: DataDocument, expectations: Expectations, site?: Site | undefined): DataDocument => {
  const definition = dataDefinition(data);
  const params = checkOptions(definition.parameters, data.params, `data.${data.type}`, site);
  definition.check(params, expectations, site);
  const ordered = definition.ordered?.(params, expectations) ?? params;
  return { type: data.type, params: ordered as DataDocument["params"] };
};

/** Throws where a batch would hold more rows than there are to train on, as far as that is known. */
export const checkBatchSize = (data: DataDocument, batchSize: number, origins: Origins): void => {
  const rows = dataDefinition(data).trainRows?.(data.params, origins.data);
  if (rows !== undefined && batchSize > rows) throw new BatchSizeError(batchSize, rows, origins.experiment);
};
