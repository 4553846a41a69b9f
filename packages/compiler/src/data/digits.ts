import { imageAndLabel } from "./columns.ts";
import { type DataPrinter, setAside } from "./printer.ts";

export const digits: DataPrinter<{ readonly validation: number; readonly test?: number }> = {
  config: (ways, expects) => ({
    config: { kind: "digits", columns: imageAndLabel(expects), ...setAside(ways) },
    assets: [],
  }),
  isBytes: () => false,
};
