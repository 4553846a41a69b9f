import { type AssetReference, type DataPrinter, setAside } from "./printer.ts";

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
  readonly test?: number | Split | Columns;
}

const assetsOf = (columns: Columns): readonly AssetReference[] =>
  Object.values(columns).map(({ sha256 }) => ({ name: `${sha256}.bin`, kind: "bytes", sha256 }));

/** What rows that are set aside need beside the columns: columns of their own, or the groups of the rows. */
const heldOut = (how: number | Split | Columns | undefined): Columns => {
  if (typeof how !== "object") return {};
  const { ratio, fold, group } = how as Split;
  if (typeof ratio !== "number" && typeof fold !== "number") return how as Columns;
  return group ? { group } : {};
};

export const arrays: DataPrinter<ArraysParams> = {
  config: ({ columns, ...ways }) => {
    const assets = [columns, heldOut(ways.validation), heldOut(ways.test)].flatMap(assetsOf);
    return {
      config: { kind: "arrays", columns, ...setAside(ways) },
      assets: assets.filter(({ name }, i) => assets.findIndex((other) => other.name === name) === i),
    };
  },
  isBytes: ({ columns }, column) => columns[column]?.dtype === "uint8",
};
