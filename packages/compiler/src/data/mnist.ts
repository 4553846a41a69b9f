import { imageAndLabel } from "./columns.ts";
import { type AssetReference, type DataPrinter, setAside } from "./printer.ts";

interface MnistParams {
  readonly folder?: string;
  readonly validation?: number;
  readonly test?: true;
}

const files = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
];

export const mnist: DataPrinter<MnistParams> = {
  config: ({ folder, ...ways }, expects) => ({
    config: { kind: "mnist", columns: imageAndLabel(expects), ...setAside<number | true>(ways) },
    assets: files.map(
      (name): AssetReference =>
        folder === undefined ? { name, kind: "mnist" } : { name, kind: "file", path: `${folder}/${name}` },
    ),
  }),
  isBytes: () => true,
};
