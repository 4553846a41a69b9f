import { createFiles } from "./files.ts";
import type { DataPrinter } from "./printer.ts";

interface CsvParams {
  readonly path: string;
  readonly features: Readonly<Record<string, readonly string[]>>;
  readonly targets: Readonly<Record<string, string | readonly string[]>>;
  readonly validation?: number | string;
  readonly separator: string;
  readonly scaling: string;
}

export const csv: DataPrinter<CsvParams> = {
  config: ({ path, features, targets, validation, separator, scaling }) => {
    const files = createFiles();
    const config = {
      kind: "csv",
      path: files.add(path),
      features,
      targets,
      validation: typeof validation === "string" ? files.add(validation) : (validation ?? null),
      separator,
      scaling,
    };
    return { config, assets: files.assets };
  },
  isBytes: () => false,
};
