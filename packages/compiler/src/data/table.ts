import { createFiles } from "./files.ts";
import { type DataPrinter, setAside } from "./printer.ts";

interface TableParams {
  readonly path: string;
  readonly features: object;
  readonly targets: object;
  readonly validation?: number | string | object;
  readonly test?: number | string | object;
  readonly separator?: string;
  readonly scaling: string;
}

/** A table in a file, and perhaps another to validate on. */
const table = (kind: string): DataPrinter<TableParams> => ({
  config: ({ path, features, targets, separator, scaling, ...ways }) => {
    const files = createFiles();
    const config = {
      kind,
      path: files.add(path),
      features,
      targets,
      ...setAside(ways, (how) => (typeof how === "string" ? files.add(how) : how)),
      ...(separator === undefined ? {} : { separator }),
      scaling,
    };
    return { config, assets: files.assets };
  },
  isBytes: () => false,
});

export const csv = table("csv");
export const parquet = table("parquet");
