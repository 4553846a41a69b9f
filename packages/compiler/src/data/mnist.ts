import { imageAndLabel } from "./columns.ts";
import type { AssetReference, DataPrinter } from "./printer.ts";

interface MnistParams {
  readonly folder?: string;
  readonly validation?: number;
}

const files = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

export const mnist: DataPrinter<MnistParams> = {
  config: ({ folder, validation }, expects) => ({
    config: { kind: "mnist", columns: imageAndLabel(expects), validation: validation ?? null },
    assets: files.map(
      (name): AssetReference =>
        folder === undefined ? { name, kind: "mnist" } : { name, kind: "file", path: `${folder}/${name}` },
    ),
  }),
  isBytes: () => true,
};
