import { type AssetReference, type DataPrinter, setAside } from "./printer.ts";

interface Stored {
  readonly sha256: string;
}
interface RowsParams {
  readonly table: Stored;
  readonly features: object;
  readonly targets: object;
  readonly validation?: number | Stored | object;
  readonly test?: number | Stored | object;
  readonly scaling: string;
}

const isStored = (value: unknown): value is Stored => typeof value === "object" && value !== null && "sha256" in value;

/** Rows from TypeScript, as JSON in a file of the run's. */
export const rows: DataPrinter<RowsParams> = {
  config: ({ table, features, targets, scaling, ...ways }) => {
    const assets = new Map<string, AssetReference>();
    const file = ({ sha256 }: Stored): string => {
      const name = `${sha256}.json`;
      assets.set(name, { name, kind: "bytes", sha256 });
      return name;
    };
    const config = {
      kind: "records",
      path: file(table),
      features,
      targets,
      ...setAside(ways, (how) => (isStored(how) ? file(how) : how)),
      scaling,
    };
    return { config, assets: [...assets.values()] };
  },
  isBytes: () => false,
};
