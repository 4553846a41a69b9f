import type { AssetReference, DataPrinter } from "./printer.ts";

interface ArrayDocument {
  readonly sha256: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}
type Columns = Readonly<Record<string, ArrayDocument>>;
interface ArraysParams {
  readonly columns: Columns;
  readonly validation?: number | Columns;
}

const assetsOf = (columns: Columns): readonly AssetReference[] =>
  Object.values(columns).map(({ sha256 }) => ({ name: `${sha256}.bin`, kind: "bytes", sha256 }));

export const arrays: DataPrinter<ArraysParams> = {
  config: ({ columns, validation }) => {
    const assets = [...assetsOf(columns), ...(typeof validation === "object" ? assetsOf(validation) : [])];
    return {
      config: { kind: "arrays", columns, validation: validation ?? null },
      assets: assets.filter(({ name }, i) => assets.findIndex((other) => other.name === name) === i),
    };
  },
  isBytes: ({ columns }, column) => columns[column]?.dtype === "uint8",
};
