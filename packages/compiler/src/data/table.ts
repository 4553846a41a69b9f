import { createFiles } from "./files.ts";
import type { DataPrinter } from "./printer.ts";

interface TableParams {
  readonly path: string;
  readonly features: object;
  readonly targets: object;
  readonly validation?: number | string | object;
  readonly separator?: string;
  readonly scaling: string;
}

/** A table in a file, and perhaps another to validate on. */
const table = (kind: string): DataPrinter<TableParams> => ({
  config: ({ path, features, targets, validation, separator, scaling }) => {
    const files = createFiles();
    const config = {
      kind,
      path: files.add(path),
      features,
      targets,
      validation: typeof validation === "string" ? files.add(validation) : (validation ?? null),
      ...(separator === undefined ? {} : { separator }),
      scaling,
    };
    return { config, assets: files.assets };
  },
  isBytes: () => false,
});

export const csv = table("csv");
export const parquet = table("parquet");
