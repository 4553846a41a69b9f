import type { Site } from "@flaxen/errors";
import { deepFreeze } from "../document/json.ts";
import { checkOptions } from "../document/options.ts";
import type { DataDocument } from "../document/schema.ts";
import type { Data, DataDefinition } from "./define-data.ts";

/** Data that is all in its parameters: files, data sets that are known by name. */
export const createData = (
  definition: DataDefinition<any>,
  options: unknown,
  use: string,
  site: Site | undefined,
): Data<any, any> => {
  const params = checkOptions(definition.parameters, options, use, site);
  const document = deepFreeze({ type: definition.type, params }) as DataDocument;
  return Object.freeze({
    kind: "data",
    type: definition.type,
    validation: definition.hasValidation(params),
    test: params.test !== undefined,
    site,
    bind: () => ({ document, assets: new Map() }),
  });
};
