import { createFiles } from "./files.ts";
import { type DataPrinter, setAside } from "./printer.ts";

type IdxFiles = Readonly<Record<string, string>>;
interface IdxParams {
  readonly train: IdxFiles;
  readonly validation?: number | IdxFiles;
  readonly test?: number | IdxFiles;
}

/** Bytes are taken for pixels. */
export const idx: DataPrinter<IdxParams> = {
  config: ({ train, ...ways }) => {
    const files = createFiles();
    const named = (paths: IdxFiles) =>
      Object.fromEntries(Object.entries(paths).map(([column, path]) => [column, files.add(path)]));
    const config = {
      kind: "idx",
      train: named(train),
      ...setAside(ways, (how) => (typeof how === "object" ? named(how) : how)),
    };
    return { config, assets: files.assets };
  },
  isBytes: () => true,
};
