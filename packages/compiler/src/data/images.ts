import { imageAndLabel } from "./columns.ts";
import { createFiles } from "./files.ts";
import { type DataPrinter, setAside } from "./printer.ts";

interface ImagesParams {
  readonly path: string;
  readonly validation?: number | string | object;
  readonly test?: number | string | object;
  readonly fit: string;
}

/** Folders, whose files are found when the job is prepared. */
export const images: DataPrinter<ImagesParams> = {
  config: ({ path, fit, ...ways }, expects) => {
    const folders = createFiles("folder");
    const config = {
      kind: "images",
      path: folders.add(path),
      columns: imageAndLabel(expects),
      ...setAside(ways, (how) => (typeof how === "string" ? folders.add(how) : how)),
      fit,
    };
    return { config, assets: folders.assets };
  },
  isBytes: () => true,
};
