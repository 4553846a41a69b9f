import { createFiles } from "./files.ts";
import type { DataPrinter } from "./printer.ts";

type IdxFiles = Readonly<Record<string, string>>;
interface IdxParams {
  readonly train: IdxFiles;
  readonly validation?: number | IdxFiles;
}

/** Bytes are taken for pixels. */
export const idx: DataPrinter<IdxParams> = {
  config: ({ train, validation }) => {
    const files = createFiles();
    const named = (paths: IdxFiles) =>
      Object.fromEntries(Object.entries(paths).map(([column, path]) => [column, files.add(path)]));
    const config = {
      kind: "idx",
      train: named(train),
      validation: typeof validation === "object" ? named(validation) : (validation ?? null),
    };
    return { config, assets: files.assets };
  },
  isBytes: () => true,
};
