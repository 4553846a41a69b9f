import type { AssetReference, DataPrinter } from "./printer.ts";

interface ArrayDocument {
  readonly sha256: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}
type Columns = Readonly<Record<string, ArrayDocument>>;
interface Split {
  readonly ratio?: number;
  readonly fold?: number;
  readonly group?: ArrayDocument;
}
interface ArraysParams {
  readonly columns: Columns;
  readonly validation?: number | Split | Columns;
}

const assetsOf = (columns: Columns): readonly AssetReference[] =>
  Object.values(columns).map(({ sha256 }) => ({ name: `${sha256}.bin`, kind: "bytes", sha256 }));

/** What the validation needs beside the columns: columns of its own, or the groups of the rows. */
const heldOut = (validation: Split | Columns): Columns => {
  const { ratio, fold, group } = validation as Split;
  if (typeof ratio !== "number" && typeof fold !== "number") return validation as Columns;
  return group ? { group } : {};
};

export const arrays: DataPrinter<ArraysParams> = {
  config: ({ columns, validation }) => {
    const assets = [...assetsOf(columns), ...(typeof validation === "object" ? assetsOf(heldOut(validation)) : [])];
    return {
      config: { kind: "arrays", columns, validation: validation ?? null },
      assets: assets.filter(({ name }, i) => assets.findIndex((other) => other.name === name) === i),
    };
  },
  isBytes: ({ columns }, column) => columns[column]?.dtype === "uint8",
};
